// The whole stack on loopback: origin, agent, shop, nginx, started in this order and stopped in reverse.
import { accessSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { prepareMarket } from "./market.mjs";
import { makeFleet } from "./fleet.mjs";
import { nginxCommand } from "./nginx.mjs";
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

const makeFolders = ({ state, links, spool }, isFresh) => {
  if (isFresh) rmSync(state, { recursive: true, force: true });
  for (const folder of [`${state}/logs`, links, spool]) mkdirSync(folder, { recursive: true });
};

const startAll = async (fleet, settings, market, startOrigin) => {
  await startOrigin();
  await fleet.launch(agentCommand(settings, market), () => existsSync(`${settings.links}/data.mdb`));
  await fleet.launch(shopCommand(settings, market), () => answers(`http://127.0.0.1:${settings.ports.shop}/`));
  await fleet.launch(nginxCommand(settings, market.files), () => answers(`http://127.0.0.1:${settings.ports.page}/`));
};

// startStack: everything up and answering. On a failure what was started is stopped before the error is thrown.
export const startStack = async (settings, { isFresh }) => {
  needBuild(settings);
  makeFolders(settings, isFresh);
  const market = await prepareMarket(settings);
  const fleet = makeFleet();
  const startOrigin = () => fleet.launch(originCommand(settings, market), () => answers(settings.originUrl));
  try {
    await startAll(fleet, settings, market, startOrigin);
  } catch (error) {
    await fleet.stopAll();
    throw error;
  }
  return {
    settings, market, startOrigin,
    stopOrigin: () => fleet.stopOne("origin"),
    stop: fleet.stopAll,
    anyEnds: fleet.anyEnds,
  };
};
