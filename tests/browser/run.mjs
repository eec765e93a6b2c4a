// All behaviours in one engine: each a visitor of its own, in front of one edge and one origin.
import { after, before, test } from "node:test";
import { launchEngine } from "./engines/index.mjs";
import { BUYAPOWA, shopPage } from "./pages.mjs";
import { NETWORK } from "./behaviours/network.mjs";
import { REFERRAL } from "./behaviours/referral.mjs";
import { Scene } from "./scene.mjs";
import { World } from "./world.mjs";

const BEHAVIOURS = [...REFERRAL, ...NETWORK];
const PAGES = { "/": shopPage(BUYAPOWA) };

export const testEngine = (name) => {
  let world;
  let engine;
  before(async () => {
    [world, engine] = await Promise.all([World.start(PAGES), launchEngine(name)]);
  });
  after(() => engine?.close());
  for (const [what, act] of BEHAVIOURS) {
    test(`${name}: ${what}`, { timeout: 120_000 }, async () => {
      const scene = new Scene(world, engine);
      try {
        await act(scene);
      } finally {
        await scene.close();
      }
    });
  }
  // Not an after(): the stack's own come first, and end what still runs.
  test(`${name}: in the end the edge's spool is empty, and the logs are clean`, { timeout: 60_000 }, () => world.stop());
};
