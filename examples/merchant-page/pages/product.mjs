// A tea's page.
import { html } from "../html.mjs";
import { tin } from "../art.mjs";
import { money } from "../catalogue.mjs";
import { page } from "../layout.mjs";

const QUANTITIES = [1, 2, 3, 4];

export const product = (tea) => page({
  title: tea.name,
  path: `/teas/${tea.slug}`,
  body: html`<article class="wide product">
  <div class="product-art">${tin(tea)}</div>
  <div>
    <p class="kind">${tea.kind}</p>
    <h1>${tea.name}</h1>
    <p class="lead">${tea.short}</p>
    <p>${tea.long}</p>
    <ul class="notes" aria-label="Tasting notes">${tea.notes.map((note) => html`<li>${note}</li>`)}</ul>
    <form class="buy" action="/checkout" method="get">
      <input type="hidden" name="tea" value="${tea.slug}">
      <p class="price big">${money(tea.price)} <span class="soft">${tea.grams} g tin</span></p>
      <label class="inline">Tins <select name="quantity">${QUANTITIES.map((count) => html`<option>${count}</option>`)}</select></label>
      <button class="button" type="submit">Buy ${tea.name}</button>
    </form>
    <h2 class="small">How to brew it</h2>
    <dl class="brew">
      <div><dt>Water</dt><dd>${tea.brew.water}</dd></div>
      <div><dt>Leaf</dt><dd>${tea.brew.leaf}</dd></div>
      <div><dt>Time</dt><dd>${tea.brew.time}</dd></div>
    </dl>
  </div>
</article>`,
});
