// The core inside the nginx module, through HTTP: those operations, and those of their cases, that a request shows. The rest is
// counted as unseen, by operation.
import { HUMAN, makeEdge, putLinks, request, startNginx, startOrigin } from "../../nginx/harness.mjs";
import { recordOf, valueBytes } from "../shared/values.mjs";
import { KeyRings } from "./nginx_keys.mjs";
import { openArtefact } from "./node.mjs";

const UNSEEN = "unseen";
const LOCATION = "https://shop.example/";

const SERVER = (originPort) => `
    large_client_header_buffers 4 64k;
    add_header X-Verdict $refedge_verdict always;
    location /r/ { refedge_redirect on; }
    location /track { refedge_track on; proxy_pass http://127.0.0.1:${originPort}; }`;

const text = (value) => Buffer.from(valueBytes(value)).toString("latin1");
const expectEqual = (got, wanted) => (got === wanted ? undefined : `gave ${got}, not ${wanted}`);
const without = (headers) => Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ""));

// Any code that the table takes is put there, so that its judgement alone makes the difference.
const tryToPut = (edge, link) => {
  try {
    putLinks(edge, [link]);
  } catch {
    // The table refuses the code, as the redirect is to do.
  }
};

const visitVerdict = async ({ nginx }, { in: [method, userAgent, secPurpose, purpose, xMoz], out }) => {
  const headers = { "User-Agent": text(userAgent), "Sec-Purpose": text(secPurpose), Purpose: text(purpose), "X-Moz": text(xMoz) };
  return expectEqual((await nginx.get("/r/any", without(headers), text(method))).headers["x-verdict"], out);
};

const isShareCode = async ({ edge, nginx }, { in: [value], out }) => {
  const code = Buffer.from(valueBytes(value));
  tryToPut(edge, { code: code.toString("utf8"), location: LOCATION });
  const path = [...code].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  const { status } = await nginx.get(`/r/${path}`, { "User-Agent": HUMAN });
  if (status === 400) return UNSEEN; // nginx itself refuses a zero byte
  return expectEqual(status === 302 ? "1" : status === 404 ? "0" : `status ${status}`, out);
};

// The tag that a redirect makes is compared with the one that the full module makes of the same code, click id, time and key.
const signCookie = async ({ edge, nginx, rings, sign }, { in: [keyId, key, code, clickId], out, error }) => {
  if (error) return error.field === "cookie_key" && keyId !== "" ? expectEqual(rings.refuses([keyId, key]), true) : UNSEEN;
  if (clickId === "") return UNSEEN;
  putLinks(edge, [{ code, location: LOCATION, market_id: rings.marketOf([keyId, key]) }]);
  const { headers } = await nginx.get(`/r/${code}`, { "User-Agent": HUMAN });
  const value = /^_refedge=([^;]*)/.exec(headers["set-cookie"]?.[0] ?? "")?.[1] ?? "no cookie";
  const [, , mintedId, capturedAt] = value.split(".");
  return expectEqual(value.length, out.length) ?? expectEqual(value, sign([keyId, key, code, mintedId, capturedAt]));
};

// A cookie that holds reaches the origin; any other does not.
const verifyCookie = async ({ edge, nginx, origin, rings }, { in: [value, ...ring], error }) => {
  if (error?.field === "cookie_key") return expectEqual(rings.refuses(ring), true);
  const code = value.split(".")[1] ?? "k7";
  putLinks(edge, [{ code, location: LOCATION, market_id: rings.marketOf(ring) }]);
  const { status } = await request(nginx.port, "/track", { Cookie: `_refedge=${value}` }, "POST", "{}");
  const handedOn = origin.seen.at(-1)?.headers["refedge-attribution"] ?? "";
  return expectEqual(status, 200) ?? expectEqual(handedOn, error ? "" : value);
};

const VISIBLE = { visit_verdict: visitVerdict, is_share_code: isShareCode, sign_cookie: signCookie, verify_cookie: verifyCookie };

const start = async (suite, artefacts) => {
  const edge = makeEdge();
  const rings = new KeyRings(edge, suite);
  putLinks(edge, [{ code: "any", location: LOCATION }]);
  const origin = await startOrigin();
  const nginx = await startNginx(edge, { server: SERVER(origin.port) });
  const call = await openArtefact("refedge-full.wasm", artefacts);
  const sign = (fields) => Buffer.from(call("sign_cookie", recordOf(fields)).bytes).toString();
  const stop = async () => {
    await nginx.stop();
    await origin.stop();
  };
  return { edge, rings, origin, nginx, sign, stop };
};

const count = (counts, operation) => { counts[operation] = (counts[operation] ?? 0) + 1; };

/** runInNginx gives one result: `totals` of what was seen through HTTP, `unseen` of what cannot be. */
export const runInNginx = async (suite, artefacts) => {
  const host = await start(suite, artefacts);
  const result = { artefact: "ngx_http_refedge_module.so", totals: {}, unseen: {}, failed: 0, failures: [] };
  const files = suite.files.filter(({ operation }) => operation in VISIBLE);
  try {
    for (const { operation, cases } of files) {
      for (const one of cases) {
        // A record that does not add up has no request.
        const failure = one.in === undefined ? UNSEEN : await VISIBLE[operation](host, one);
        count(failure === UNSEEN ? result.unseen : result.totals, operation);
        if (failure === undefined || failure === UNSEEN) continue;
        result.failed += 1;
        result.failures.push(`${operation}: ${one.name}: ${failure}`);
      }
    }
  } finally {
    await host.stop();
  }
  return [result];
};
