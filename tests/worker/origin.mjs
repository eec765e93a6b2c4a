// An origin that notes what it is sent, and is away when it is told to be.
import http from 'node:http';

export async function startOrigin() {
  const origin = { seen: [], clicks: [], mode: 'here' };
  const waiting = new Set();
  const answer = (req, res, body) => {
    if (origin.mode === 'silent') return waiting.add(res);
    if (origin.mode === 'failing') return res.writeHead(503).end('away');
    if (origin.mode === 'refusing') return res.writeHead(422, { 'Content-Type': 'application/json' }).end('{"errors":[]}');
    origin.seen.push({ method: req.method, url: req.url, headers: req.headers, body });
    if (req.url !== '/edge/clicks') return res.writeHead(201, { 'Content-Type': 'application/json' }).end('{"order_number":"1","referral":null}');
    const { clicks } = JSON.parse(body);
    origin.clicks.push(...clicks);
    return res.setHeader('Content-Type', 'application/json').end(JSON.stringify({ accepted: clicks.length, duplicates: 0 }));
  };
  const server = http.createServer((req, res) => {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => answer(req, res, Buffer.concat(chunks).toString()));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return Object.assign(origin, { port: server.address().port, stop: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }) });
}
