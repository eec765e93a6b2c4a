// The teas. Prices are pence; colours dress the tin: body, shade, label, motif.
export const TEAS = [
  {
    slug: "first-light",
    name: "First Light",
    kind: "Breakfast black",
    price: 950,
    grams: 100,
    notes: ["malt", "honey", "toast"],
    short: "A bright, brisk cup for people who have somewhere to be.",
    long: "Whole-leaf Assam and a little high-grown Ceylon, blended so that it stands up to milk and still tastes of "
      + "something without it. We drink it at the slipway at six in the morning; it has never let us down.",
    brew: { water: "100 °C", leaf: "3 g a cup", time: "4 minutes" },
    motif: "sun",
    colours: { body: "#c8553d", shade: "#9d3b28", label: "#fbe9d2", ink: "#7a2a1a" },
  },
  {
    slug: "harbour-smoke",
    name: "Harbour Smoke",
    kind: "Smoked black",
    price: 1200,
    grams: 80,
    notes: ["pine", "cocoa", "sea salt"],
    short: "Slow-smoked over pine. A bonfire that stayed polite.",
    long: "Leaves dried over smouldering pine root until they smell like the inside of a boathouse in November. "
      + "Lovely on its own, better with dark chocolate, and quietly brilliant in a marinade.",
    brew: { water: "95 °C", leaf: "3 g a cup", time: "3 minutes" },
    motif: "waves",
    colours: { body: "#35505f", shade: "#233743", label: "#e6ecec", ink: "#233743" },
  },
  {
    slug: "green-tide",
    name: "Green Tide",
    kind: "Steamed green",
    price: 1450,
    grams: 60,
    notes: ["sweet pea", "chestnut", "spring rain"],
    short: "Steamed within the hour it was picked, and it shows.",
    long: "A spring sencha with a thick, sweet, almost brothy cup. Keep the water well off the boil and it gives you "
      + "three good infusions, each a little different from the last.",
    brew: { water: "75 °C", leaf: "4 g a cup", time: "90 seconds" },
    motif: "leaf",
    colours: { body: "#5c8a5a", shade: "#41673f", label: "#f0f3dd", ink: "#34532f" },
  },
  {
    slug: "low-moon",
    name: "Low Moon",
    kind: "Caffeine-free",
    price: 890,
    grams: 70,
    notes: ["chamomile", "orange", "vanilla"],
    short: "Flowers and orange peel, for when the day is done with you.",
    long: "Whole chamomile heads, dried orange and a little vanilla. No caffeine, no dust, no bitterness however long "
      + "you forget it on the arm of the sofa.",
    brew: { water: "100 °C", leaf: "2 g a cup", time: "6 minutes" },
    motif: "moon",
    colours: { body: "#6b5b95", shade: "#4d4070", label: "#f3ecf7", ink: "#43366a" },
  },
];

export const findTea = (slug) => TEAS.find((tea) => tea.slug === slug);

export const money = (pence) => `£${(pence / 100).toFixed(2)}`;
