// The home page: the teas, and a greeting for a friend who came by a share link.
import { html } from "../html.mjs";
import { pair, scene, tin } from "../art.mjs";
import { TEAS, money } from "../catalogue.mjs";
import { page } from "../layout.mjs";
import { readMetadata } from "../referral.mjs";

const card = (tea) => html`<li class="card">
  <div class="card-art">${tin(tea)}</div>
  <div class="card-text">
    <p class="kind">${tea.kind}</p>
    <h3><a href="/teas/${tea.slug}">${tea.name}</a></h3>
    <p>${tea.short}</p>
    <p class="price">${money(tea.price)} <span class="soft">${tea.grams} g tin</span></p>
  </div>
</li>`;

const senderName = (metadata) =>
  typeof metadata?.first_name === "string" && metadata.first_name.trim() ? metadata.first_name.trim() : "Your friend";

// The greeting is for whoever comes with a `ref`, even when `bp_e` is missing or does not decrypt.
const greeting = (query, authToken) => {
  if (!query.get("ref")) return "";
  const name = senderName(readMetadata(query.get("bp_e"), authToken));
  return html`<aside class="greeting" aria-label="Welcome"><div class="wide greeting-row">
    ${pair()}
    <div><p class="greeting-title"><strong>${name} sent you.</strong> Welcome ashore!</p>
    <p>Pick your first tin: when it is on its way to you, ${name === "Your friend" ? "your friend" : name} gets one too.</p></div>
  </div></aside>`;
};

export const home = ({ query, settings }) => page({
  title: "Loose-leaf tea from a boathouse",
  path: "/",
  body: html`${greeting(query, settings.authToken)}
<section class="hero wide">
  <div class="hero-text">
    <p class="kind">Small tins, whole leaves</p>
    <h1>Tea that tastes of the morning it was&nbsp;made.</h1>
    <p class="lead">We blend four teas in an old boathouse, a few kilos at a time, and put the date on every lid.</p>
    <p class="actions"><a class="button" href="#teas">See the teas</a> <a class="button quiet" href="/refer-a-friend">Give a friend a tin</a></p>
  </div>
  ${scene()}
</section>
<section class="wide" aria-labelledby="teas">
  <h2 id="teas">On the shelf this week</h2>
  <ul class="cards">${TEAS.map(card)}</ul>
</section>`,
});
