// The demo's market and campaign, made once per state folder by the program's own commands.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";

const run = promisify(execFile);

const refedge = async (settings, args) => (await run(settings.program, args)).stdout;

const keep = (file, text) => writeFileSync(file, text, { mode: 0o600 });

const createMarket = (settings) => refedge(settings, [
  "market", "create", "--db", settings.db, "--slug", settings.market,
  "--domain", settings.marketDomain, "--scheme", "http", "--currency", "GBP", "--locale", "en", "--require-signed-track",
  "--webhook-url", `http://${settings.hookAddress}/webhooks/referral-confirmed`,
]);

const createCampaign = (settings) => refedge(settings, [
  "campaign", "create", "--db", settings.db, "--market", settings.market, "--slug", settings.campaign,
  "--name", "One tin for them, one for you",
  "--destination", `${settings.shopUrl}/`, "--page-url", `${settings.shopUrl}/refer-a-friend`,
]);

// The market remembers its domain and webhook with their ports: other ports want another state folder.
const refuseOtherPorts = (settings, made) => {
  if (JSON.stringify(made.ports) === JSON.stringify(settings.ports)) return;
  throw new Error(`${settings.state} was made for the ports ${Object.values(made.ports).join(", ")}: `
    + "use those, or delete that folder to begin anew");
};

const create = async (settings, files) => {
  mkdirSync(settings.secrets, { recursive: true, mode: 0o700 });
  keep(files.market, await createMarket(settings));
  await createCampaign(settings);
  keep(files.keys, await refedge(settings, ["market", "keys", "--db", settings.db]));
  keep(files.edgeToken, randomBytes(32).toString("hex"));
  keep(files.made, JSON.stringify({ ports: settings.ports })); // last: its presence says that all the rest is there
};

// prepareMarket: {market_id, slug, auth_token, secret_key, edgeToken} and the files that hold them.
export const prepareMarket = async (settings) => {
  const files = {
    market: `${settings.secrets}/market.json`,
    keys: `${settings.secrets}/cookie-keys`,
    edgeToken: `${settings.secrets}/edge-token`,
    made: `${settings.secrets}/made.json`,
  };
  if (existsSync(files.made)) refuseOtherPorts(settings, JSON.parse(readFileSync(files.made, "utf8")));
  else await create(settings, files);
  return { ...JSON.parse(readFileSync(files.market, "utf8")), edgeToken: readFileSync(files.edgeToken, "utf8"), files };
};
