// The refer-a-friend page: the manual's snippet, and words around it.
import { html, script } from "../html.mjs";
import { pair } from "../art.mjs";
import { page } from "../layout.mjs";

const library = ({ marketUrl, campaign }) => html`<script src="${marketUrl}/embedding.min.js"></script>
<meta property="og:url" content="${marketUrl}/iaf/${campaign}/og"/>`;

const widget = (settings, nonce) => html`<div id="bp_error" class="summary" style="display: none;">Sorry, something went wrong. Please try again in a minute.</div>
<div id="bp_div"></div>
<script type="text/javascript" nonce="${nonce}">
  var buyapowa = new Buyapowa({url: ${script(settings.marketUrl)}, market: ${script(settings.market)}}, "bp_div", "bp_error");
  buyapowa.embedReferAFriend({
    "campaign": ${script(settings.campaign)},
    "locale": "en"
  });
</script>`;

export const refer = ({ settings, nonce }) => page({
  title: "Refer a friend",
  path: "/refer-a-friend",
  head: library(settings),
  body: html`<div class="wide refer-head">
  <div><p class="kind">Refer a friend</p>
  <h1>Tea is better for&nbsp;two.</h1>
  <p class="lead">Share your link. When a friend’s first order is on its way, a tin of your favourite is too.</p></div>
  ${pair()}
</div>
<div class="wide widget">${widget(settings, nonce)}</div>`,
});
