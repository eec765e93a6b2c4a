// One visitor's story in one engine: their tabs, their orders, and the order numbers that belong to this story alone.
import { launchEngine } from "./engines/index.mjs";

/** The tab's order, as the page's own snippet sends it: gives what track() answers. */
export const track = (tab, number, more = {}) =>
  tab.run((order) => window.buyapowa.track(order), { customer_email: `${number}@example.org`, order_number: number, order_value: "12.89", ...more });

/** The same without waiting for the answer. */
export const startTrack = (tab, number, more = {}) => tab.run((order) => { window.buyapowa.track(order); },
  { customer_email: `${number}@example.org`, order_number: number, order_value: "12.89", ...more });

/** What the page said in its console and what was thrown in it. */
export const notes = (tab) => tab.run(() => ({ said: window.said, thrown: window.thrown }));

/** How many orders the visitor's browser keeps: docs/protocol.md#outbox. */
export const outbox = (tab) => tab.run(() => Object.keys(localStorage).filter((key) => key.startsWith("refedge_outbox")).length);

let scenes = 0;

export class Scene {
  constructor(world, engine) {
    scenes += 1;
    Object.assign(this, { world, engine, id: `${engine.name}-${scenes}`, closing: [] });
  }

  number(name = "1") { return `${this.id}-${name}`; }

  /** A visitor who was never here. */
  async visitor(engine = this.engine) {
    const profile = await engine.newProfile();
    this.closing.push(profile);
    return profile;
  }

  /** A new tab of a new visitor, or of this one, on a page. */
  async visit(path = "/", profile = undefined, host = undefined) {
    const tab = await (profile ?? await this.visitor()).newTab();
    await tab.open(path.startsWith("https:") ? path : this.world.url(path, host));
    return tab;
  }

  /** A browser of the same engine in which the visitor has set something. */
  async launch(settings) {
    const engine = await launchEngine(this.engine.name, settings);
    this.closing.push(engine);
    return engine;
  }

  /** The story's orders, once the origin has them: exactly these. */
  settled(...names) { return this.world.settled(`${this.id}-`, names.map((name) => this.number(name))); }

  async close() {
    this.world.network.restore();
    for (const one of this.closing.reverse()) await one.close();
  }
}
