// The shop's pages, by path. What each does is in its query.

// Shakes hands by hand: the frame's URL is `frame`, and what goes into `init` is `init`; without it the test sends it.
const BY_HAND = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Shop</title><link rel="icon" href="data:,"><style>body{margin:0}iframe{display:block;width:100%;height:800px;border:0}</style>
<main><h1 style="position:absolute;clip-path:inset(50%)">Refer a friend</h1><iframe id="widget" title="Refer a friend" allow="clipboard-write; web-share"></iframe></main><script>
  const given = new URLSearchParams(location.search);
  const frame = document.getElementById("widget");
  const origin = new URL(given.get("frame")).origin;
  window.messages = [];
  window.send = (message) => frame.contentWindow.postMessage(message, origin);
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    window.messages.push(event.data);
    if (event.data.type === "ready" && given.has("init")) window.send({ refedge: 1, type: "init", ...JSON.parse(given.get("init")) });
    if (event.data.type === "height") frame.style.height = event.data.px + "px";
  });
  frame.src = given.get("frame");
</script>`;

// Embeds by the built script: \`calls\` of the market at \`market\`.
const BY_SCRIPT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<script src="/embedding.min.js"></script><div id="bp_error" style="display: none;">Sorry, something went wrong</div>
<div id="one"></div><div id="two"></div><script>
  const query = new URLSearchParams(location.search);
  for (const [container, params] of JSON.parse(query.get("calls"))) {
    new Buyapowa({ url: query.get("market"), market: "demo" }, container, "bp_error").embedReferAFriend(params);
  }
</script>`;

export const SHOP_PAGES = { "/": BY_HAND, "/embeds": BY_SCRIPT };
