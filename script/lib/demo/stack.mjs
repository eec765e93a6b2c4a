// The whole stack on loopback: origin, agent, shop, nginx, started in this order and stopped in reverse.
import { accessSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { prepareMarket } from "./market.mjs";
import { ready, start, stop } from "./children.mjs";
import { startNginx } from "./nginx.mjs";
import { ROOT } from "./settings.mjs";

const needBuild = ({ program, module, scripts }) => {
  for (const file of [program, module, `${scripts}/embedding.min.js`]) {
    try { accessSync(file); } catch { throw new Error(`${file} is missing: run script/build`); }
  }
};

const answers = async (url, headers = {}) => (await fetch(url, { headers, redirect: "manual" })).status > 0;

const originCommand = (settings, market) => ({
  name: "origin",
  file: settings.program,
  args: ["origin", "--db", settings.db, "--listen", `127.0.0.1:${settings.ports.origin}`,
    "--outbound-allow", settings.hookAddress],
  env: { REFEDGE_EDGE_TOKEN: market.edgeToken },
  log: `${settings.state}/logs/origin.log`,
});

const agentCommand = (settings, market) => ({
  name: "agent",
  file: settings.program,
  args: ["agent", "--origin", settings.originUrl, "--links", settings.links, "--spool", settings.spool],
  env: { REFEDGE_EDGE_TOKEN: market.edgeToken },
  log: `${settings.state}/logs/agent.log`,
});

const shopCommand = (settings, market) => ({
  name: "shop",
  file: process.execPath,
  args: [`${ROOT}/examples/merchant-page/server.mjs`],
  env: {
    SHOP_PORT: String(settings.ports.shop),
    SHOP_DATA_DIR: `${settings.state}/shop`,
    SHOP_MARKET_URL: settings.marketUrl,
    SHOP_MARKET: settings.market,
    SHOP_CAMPAIGN: settings.campaign,
    SHOP_SECRETS_FILE: market.files.market,
  },
  log: `${settings.state}/logs/shop.log`,
});

// tellEnd: rejects when a process that should run ends; its log says why.
const tellEnd = async (child) => {
  await child.exited;
  throw new Error(`${child.name} ended (${child.ended}); see ${child.log}`);
};

const makeFolders = ({ state, links, spool }, isFresh) => {
  if (isFresh) rmSync(state, { recursive: true, force: true });
  for (const folder of [`${state}/logs`, links, spool]) mkdirSync(folder, { recursive: true });
};

// startStack: everything up and answering; {market, startOrigin, stopOrigin, stop}. On a failure what was started is
// stopped before the error is thrown.
export const startStack = async (settings, { isFresh }) => {
  needBuild(settings);
  makeFolders(settings, isFresh);
  const market = await prepareMarket(settings);
  const running = new Map();
  const launch = async (child, probe) => {
    running.set(child.name, child);
    await ready(child, probe);
  };
  const startOrigin = () => launch(start(originCommand(settings, market)), () => answers(settings.originUrl));
  const stopOne = async (name) => {
    await stop(running.get(name));
    running.delete(name);
  };
  const stopAll = async () => {
    for (const name of [...running.keys()].reverse()) await stopOne(name);
  };
  const stack = {
    settings, market, startOrigin,
    stopOrigin: () => stopOne("origin"),
    stop: stopAll,
    anyEnds: () => Promise.race([...running.values()].map(tellEnd)),
  };
  try {
    await startOrigin();
    await launch(start(agentCommand(settings, market)), () => existsSync(`${settings.links}/data.mdb`));
    await launch(start(shopCommand(settings, market)), () => answers(`http://127.0.0.1:${settings.ports.shop}/`));
    await launch(startNginx(settings, market.files), () => answers(`http://127.0.0.1:${settings.ports.page}/`));
    return stack;
  } catch (error) {
    await stopAll();
    throw error;
  }
};
