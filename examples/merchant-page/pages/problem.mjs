// A page for a request that has no better answer.
import { html } from "../html.mjs";
import { page } from "../layout.mjs";

const TITLES = {
  400: "That did not make sense to us",
  404: "There is nothing here",
  405: "That cannot be done here",
  413: "That was too much at once",
  415: "We read JSON here",
  500: "Something broke on our side",
};

export const problem = (status) => page({
  title: TITLES[status],
  path: "",
  body: html`<div class="narrow"><h1>${TITLES[status]}</h1>
  <p>Perhaps <a href="/">our teas</a> are what you were looking for.</p></div>`,
});
