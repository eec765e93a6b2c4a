// The artefacts in a page of a browser.
import { ENGINES } from "./engines.mjs";
import { startPages } from "./page_server.mjs";

const visit = async (browser, pages, artefact) => {
  const result = pages.resultOf(artefact);
  await browser.open(pages.urlOf(artefact));
  return { artefact, ...(await result) };
};

const visitAll = async (browser, pages, names) => {
  const results = [];
  try {
    for (const name of names) results.push({ agent: browser.name, ...(await visit(browser, pages, name)) });
  } finally {
    await browser.close();
  }
  return results;
};

/** runInBrowser gives one result for each of the artefacts named; `agent` says which browser it was. */
export const runInBrowser = async (engine, suite, artefacts, names) => {
  const pages = await startPages(suite, artefacts);
  try {
    return await visitAll(await ENGINES[engine](), pages, names);
  } finally {
    await pages.close();
  }
};
