// What stands behind both edges: the shop's pages, and the origin's intake of clicks.
import http from 'node:http';

const LOCATION = 'https://shop.example/elsewhere';

function answerPage(req, res) {
  const status = Number(/^\/status\/(\d+)/.exec(req.url)?.[1] ?? 200);
  res.writeHead(status, status === 302 ? { Location: LOCATION } : {}).end('a page');
}

/** {port, clicks, stop}: `clicks` has those that were posted, in the order of their arrival. */
export async function startShop() {
  const clicks = [];
  const takeClicks = (body, res) => {
    const posted = JSON.parse(body).clicks;
    clicks.push(...posted);
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify({ accepted: posted.length, duplicates: 0 }));
  };
  const server = http.createServer((req, res) => {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => (req.url === '/edge/clicks' ? takeClicks(Buffer.concat(chunks).toString(), res) : answerPage(req, res)));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { port: server.address().port, clicks, stop: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }) };
}
