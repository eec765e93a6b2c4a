// All behaviours in one engine: each a visitor of its own, in front of one edge and one origin.
import { after, before, test } from "node:test";
import { launchEngine } from "./engines/index.mjs";
import { ASYNC, ASYNC_HEAD, BUYAPOWA, POLICIES, shopPage } from "./pages.mjs";
import { NETWORK } from "./behaviours/network.mjs";
import { POLICY } from "./behaviours/policies.mjs";
import { REFERRAL } from "./behaviours/referral.mjs";
import { SNIPPETS } from "./behaviours/snippets.mjs";
import { STORAGE } from "./behaviours/storage.mjs";
import { TABS } from "./behaviours/tabs.mjs";
import { IS_LONG, matrixOptions, testMatrix } from "./matrix/suite.mjs";
import { Scene } from "./scene.mjs";
import { World } from "./world.mjs";

const BEHAVIOURS = [...REFERRAL, ...SNIPPETS, ...NETWORK, ...STORAGE, ...POLICY, ...TABS];
const PAGES = {
  "/": shopPage(BUYAPOWA),
  "/async": shopPage(ASYNC, { head: ASYNC_HEAD }),
  "/strict": shopPage(BUYAPOWA, { policy: POLICIES.strict }),
  "/strict-wasm": shopPage(BUYAPOWA, { policy: POLICIES.wasm }),
  "/sandboxed": shopPage(`<iframe sandbox="allow-scripts" src="SHOP_URL/?ref=CODE"></iframe>`),
  "/framed": shopPage(`<iframe src="SHOP_URL/?ref=CODE"></iframe>`),
};

export const testEngine = (name) => {
  let world;
  let engine;
  before(async () => {
    [world, engine] = await Promise.all([World.start(PAGES), launchEngine(name)]);
  });
  after(() => engine?.close());
  for (const [what, act] of IS_LONG ? [] : BEHAVIOURS) {
    test(`${name}: ${what}`, { timeout: 120_000 }, async () => {
      const scene = new Scene(world, engine);
      try {
        await act(scene);
      } finally {
        await scene.close();
      }
    });
  }
  test(`${name}: the matrix: faults, orders, tabs and their ends at random`, matrixOptions, () => testMatrix(world, engine));
  // Not an after(): the stack's own come first, and end what still runs.
  test(`${name}: in the end the edge's spool is empty, and the logs are clean`, { timeout: 60_000 }, () => world.stop());
};
