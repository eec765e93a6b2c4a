// The redirect as somebody writes it for Node: links in a Map, node:crypto, clicks into a file, a buffer at a time.
// Usage: node node_redirector.mjs <links.jsonl> <clicks file>; COOKIE_KEY (base64), KEY_ID and PORT in the environment.
import { createHmac, createSecretKey, randomFillSync } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import readline from 'node:readline';

const [linksFile, clicksFile] = process.argv.slice(2);
const key = createSecretKey(Buffer.from(process.env.COOKIE_KEY, 'base64'));
const keyId = process.env.KEY_ID;
const BUFFER = 64 * 1024;
const MAX_AGE = 400 * 86400;

const links = new Map();
for await (const line of readline.createInterface({ input: fs.createReadStream(linksFile) })) {
  const { code, location, market_id: market } = JSON.parse(line);
  links.set(code, { location, market });
}

const clicks = fs.createWriteStream(clicksFile, { flags: 'a' });
let waiting = '';
function record(line) {
  waiting += line;
  if (waiting.length < BUFFER) return;
  clicks.write(waiting);
  waiting = '';
}

const random = Buffer.alloc(4096);
let used = random.length;
function clickId(now) {
  if (used + 10 > random.length) { randomFillSync(random); used = 0; }
  const time = now.toString(16).padStart(12, '0');
  random[used] = (random[used] & 0x0f) | 0x70;
  random[used + 2] = (random[used + 2] & 0x3f) | 0x80;
  const rest = random.toString('hex', used, used += 10);
  return `${time.slice(0, 8)}-${time.slice(8)}-${rest.slice(0, 4)}-${rest.slice(4, 8)}-${rest.slice(8)}`;
}

function sign(said) {
  const mac = createHmac('sha256', key).update(said).digest().toString('base64url', 0, 16);
  return `${said}.${keyId}${mac}`;
}

http.createServer((req, res) => {
  const code = req.url.slice(req.url.lastIndexOf('/') + 1);
  const link = links.get(code);
  if (link === undefined) { res.writeHead(404).end(); return; }
  const now = Date.now();
  const id = clickId(now);
  record(`${id} ${code} ${link.market} ${now} human\n`);
  res.writeHead(302, {
    Location: link.location,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'X-Robots-Tag': 'noindex',
    'Set-Cookie': `_refedge=${sign(`1.${code}.${id}.${Math.floor(now / 1000)}`)}; Max-Age=${MAX_AGE}; Path=/; Domain=shop.example; Secure; HttpOnly; SameSite=Lax`,
    'Content-Length': 0,
  }).end();
}).listen(Number(process.env.PORT), '127.0.0.1');
