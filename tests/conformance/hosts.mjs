// The hosts, each a function from the suite and the artefacts to results {artefact, totals, failed, failures}.
import assert from "node:assert/strict";
import { runInBrowser } from "./hosts/browser.mjs";
import { runProgram } from "./hosts/native.mjs";
import { runInNginx } from "./hosts/nginx.mjs";
import { runInNode } from "./hosts/node.mjs";
import { runInWorkerd } from "./hosts/workerd.mjs";
import { ARTEFACTS } from "./suite.mjs";

const SCRIPTS = ARTEFACTS.filter((name) => name.endsWith(".js"));
const MODULES = ARTEFACTS.filter((name) => name.endsWith(".wasm"));
const inBrowser = (engine) => (suite, artefacts) => runInBrowser(engine, suite, artefacts, ARTEFACTS);

export const HOSTS = {
  "native": () => runProgram("bin/refedge_unit_tests"),
  "wasm unit tests": () => runProgram("bin/refedge_unit_tests.js", [process.execPath, "--no-experimental-fetch"]),
  "node": (suite, artefacts) => runInNode(suite, artefacts, MODULES),
  "wasm2js in node": (suite, artefacts) => runInNode(suite, artefacts, SCRIPTS),
  "chromium": inBrowser("chromium"),
  "firefox": inBrowser("firefox"),
  "webkit": inBrowser("webkit"),
  "workerd": runInWorkerd,
  "nginx": runInNginx,
};

/** Fails with what failed. */
export const assertPassed = ({ artefact, failed, failures }) =>
  assert.equal(failed, 0, `${artefact}: ${failed} failed\n${failures.join("\n")}`);
