// What script/demo runs: the stack until Ctrl-C, or the journey with --check.
import { runJourney } from "../../../tests/journey/journey.mjs";
import { chooseSettings } from "./settings.mjs";
import { startStack } from "./stack.mjs";

const PAGES = [
  ["/", "the shop"],
  ["/refer-a-friend", "sign up, get a share link"],
  ["/webhooks", "what the shop was told"],
];

const tellPages = ({ shopUrl, state }) => {
  console.log("\nOpen in a browser on this machine:");
  for (const [path, what] of PAGES) console.log(`  ${(shopUrl + path).padEnd(42)} ${what}`);
  console.log(`\nLogs and data: ${state}\nCtrl-C stops everything.`);
};

const untilInterrupted = () => new Promise((done) => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, done);
});

const demo = async (interrupted) => {
  const settings = await chooseSettings(false);
  const stack = await startStack(settings, { isFresh: false });
  try {
    tellPages(settings);
    await Promise.race([interrupted, stack.anyEnds()]);
  } finally {
    console.log("\nStopping.");
    await stack.stop();
  }
  return 0;
};

const check = async (interrupted) => {
  const settings = await chooseSettings(true);
  const stack = await startStack(settings, { isFresh: true });
  const cut = interrupted.then(() => { throw new Error("interrupted"); });
  try {
    return (await Promise.race([runJourney(stack), cut])) ? 0 : 1;
  } finally {
    await stack.stop();
  }
};

// Signals are ours from the first moment on: a process that is being started must still be stopped.
const interrupted = untilInterrupted();
try {
  process.exit(await (process.argv[2] === "--check" ? check(interrupted) : demo(interrupted)));
} catch (error) {
  console.error(`demo: ${error.message}`);
  process.exit(1);
}
