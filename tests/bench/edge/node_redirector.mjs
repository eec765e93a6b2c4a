// The same visit as somebody writes it for Node: links in a Map, node:crypto, clicks into a file, a buffer at a time.
// Usage: node node_redirector.mjs <links.jsonl> <clicks file>; COOKIE_KEY (base64), KEY_ID and PORT in the environment.
import { createHmac, createSecretKey } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import readline from 'node:readline';
import { visit } from './plain_visit.mjs';

const [linksFile, clicksFile] = process.argv.slice(2);
const key = createSecretKey(Buffer.from(process.env.COOKIE_KEY, 'base64'));
const keyId = process.env.KEY_ID;
const BUFFER = 64 * 1024;

const links = new Map();
for await (const line of readline.createInterface({ input: fs.createReadStream(linksFile) })) {
  const link = JSON.parse(line);
  links.set(link.code, { active: true, expires_at: 0, ...link });
}

const clicks = fs.createWriteStream(clicksFile, { flags: 'a' });
let waiting = '';
function record(line) {
  waiting += line;
  if (waiting.length < BUFFER) return;
  clicks.write(waiting);
  waiting = '';
}

const sign = (said) => createHmac('sha256', key).update(said).digest().toString('base64url', 0, 16);

http.createServer((req, res) => {
  const queryAt = req.url.indexOf('?');
  const path = queryAt < 0 ? req.url : req.url.slice(0, queryAt);
  const query = queryAt < 0 ? '' : req.url.slice(queryAt + 1);
  const { status, headers, click } = visit({ method: req.method, path, query, header: (name) => req.headers[name] }, links, { keyId, sign });
  if (click !== undefined) record(`${click.click_id} ${click.code} ${click.market_id} ${click.at_ms} ${click.verdict}\n`);
  headers['Content-Length'] = 0;
  res.writeHead(status, headers).end();
}).listen(Number(process.env.PORT), '127.0.0.1');
