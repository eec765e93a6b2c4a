// The command-line tools that the journey looks with: curl, sqlite3 and the refedge program.
import { execFile } from "node:child_process";

// run: stdout of a program that is given `input`; an error with its stderr unless it ends with 0.
const run = (file, args, { input = "", env = {} } = {}) => new Promise((done, fail) => {
  const child = execFile(file, args, { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
    (error ? fail(new Error(`${file}: ${stderr || error.message}`)) : done(stdout)));
  child.stdin.on("error", () => {}); // a program that ends early: its status tells
  child.stdin.end(input);
});

const parseHeaders = (head) => {
  const lines = head.split("\r\n").slice(1).filter(Boolean);
  return lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
};

// curl: {status, headers, body} of a request to one of the demo's names, which are loopback. Header values go in by
// stdin, since a secret in argv can be read by everybody on the machine.
export const curl = async ({ ports }, url, { headers = {}, args = [] } = {}) => {
  const config = Object.entries(headers).map(([name, value]) => `header = ${JSON.stringify(`${name}: ${value}`)}`).join("\n");
  const output = await run("curl", ["-sS", "-i", "--max-time", "20", "-K", "-",
    "--resolve", `bp.shop.localhost:${ports.page}:127.0.0.1`, "--resolve", `shop.localhost:${ports.page}:127.0.0.1`,
    ...args, url], { input: config });
  const end = output.indexOf("\r\n\r\n");
  const head = output.slice(0, end);
  return { status: Number(head.split(" ")[1]), headers: parseHeaders(head), body: output.slice(end + 4) };
};

export const header = (answer, name) => answer.headers.filter(([key]) => key === name).map(([, value]) => value);

// sql: rows of the origin's store, read-only.
export const sql = async ({ db }, query) => {
  const output = await run("sqlite3", ["-readonly", "-json", "-cmd", ".timeout 5000", db, query]);
  return output.trim() ? JSON.parse(output) : [];
};

export const decrypt = async ({ program, auth_token }, ciphertext) =>
  JSON.parse(await run(program, ["decrypt"], { input: ciphertext, env: { REFEDGE_AUTH_TOKEN: auth_token } }));

// doctor: what refedge doctor finds on a page; problems are an error.
export const doctor = async ({ program }, url) => JSON.parse(await run(program, ["doctor", "--json", url])).findings;
