// Where the demo keeps things and on which ports it listens.
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { resolve } from "node:path";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");

const PORTS = [
  ["page", "REFEDGE_DEMO_PORT", 8080],
  ["origin", "REFEDGE_DEMO_ORIGIN_PORT", 8081],
  ["shop", "REFEDGE_DEMO_SHOP_PORT", 8082],
];

const listen = (port) => new Promise((done, fail) => {
  const server = createServer().once("error", fail);
  server.listen(port, "127.0.0.1", () => done(server));
});

const close = (server) => new Promise((done) => server.close(done));

// claim: `wanted` when it is free, else an error that names the variable to change.
const claim = async (name, wanted) => {
  const port = Number(wanted);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(`${name}=${wanted} is not a port: 1 to 65535`);
  try {
    await close(await listen(port));
    return port;
  } catch (error) {
    throw new Error(`port ${port} of 127.0.0.1 cannot be used (${error.code}): stop what listens there, or set ${name}`);
  }
};

// anyFreePorts: distinct, because all are held until the last is known.
const anyFreePorts = async (count) => {
  const servers = [];
  for (let index = 0; index < count; index += 1) servers.push(await listen(0));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map(close));
  return ports;
};

// choosePorts: the check shares a machine with a running demo, so it takes free ports unless told.
const choosePorts = async (isCheck) => {
  const free = isCheck ? await anyFreePorts(PORTS.length) : PORTS.map(([, , fallback]) => fallback);
  const chosen = {};
  for (const [index, [role, name]] of PORTS.entries()) {
    chosen[role] = await claim(name, process.env[name] || free[index]);
  }
  if (new Set(Object.values(chosen)).size < PORTS.length) throw new Error("the demo's three ports must differ");
  return chosen;
};

// `isCheck`: free ports and a folder that is made anew; `folder`: another one than the check's.
export const chooseSettings = async (isCheck, folder = isCheck ? "build/demo-check" : "build/demo") => {
  const ports = await choosePorts(isCheck);
  const build = resolve(ROOT, process.env.REFEDGE_DEMO_BUILD || "build");
  const state = resolve(ROOT, folder);
  return {
    ports, build, state,
    program: `${build}/bin/refedge`,
    module: `${build}/edge/ngx_http_refedge_module.so`,
    scripts: `${build}/js`,
    market: "demo",
    campaign: "refer-a-friend",
    shopUrl: `http://shop.localhost:${ports.page}`,
    marketDomain: `bp.shop.localhost:${ports.page}`,
    marketUrl: `http://bp.shop.localhost:${ports.page}`,
    originUrl: `http://127.0.0.1:${ports.origin}`,
    hookAddress: `127.0.0.1:${ports.shop}`,
    db: `${state}/refedge.db`,
    links: `${state}/links`,
    spool: `${state}/spool`,
    secrets: `${state}/secrets`,
  };
};
