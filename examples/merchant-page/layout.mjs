// The frame around every page: head, header, footer.
import { html } from "./html.mjs";
import { logo } from "./art.mjs";

const NAV = [
  ["/", "Our teas"],
  ["/refer-a-friend", "Refer a friend"],
];

const link = (current, [path, label]) =>
  html`<li><a href="${path}"${path === current ? html` aria-current="page"` : ""}>${label}</a></li>`;

// page: a whole document. `head` is markup for the page's own <head>, such as the library of the campaign.
export const page = ({ title, path, head = "", body }) => html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Tidewick Tea</title>
<meta name="description" content="Loose-leaf tea, blended in a boathouse.">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/shop.css">
${head}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top"><div class="wide top-row">
  <a class="brand" href="/">${logo()}<span>Tidewick <span class="brand-soft">Tea</span></span></a>
  <nav aria-label="Main"><ul>${NAV.map((entry) => link(path, entry))}</ul></nav>
</div></header>
<main id="main" tabindex="-1">${body}</main>
<footer class="bottom"><div class="wide bottom-row">
  <p>Tidewick Tea is a made-up shop that shows a referral campaign at work. Nothing is charged or sent.</p>
  <p><a href="/webhooks"${path === "/webhooks" ? html` aria-current="page"` : ""}>Received webhooks</a></p>
</div></footer>
</body>
</html>
`;
