// An origin's link feed: gives the pages that it is told to, one after the other, and then empty ones.
import http from 'node:http';

export async function startFeed() {
  const feed = { asked: [], pages: [], status: 200, reset() { this.asked = []; this.pages = []; this.status = 200; } };
  const server = http.createServer((req, res) => {
    const url = new URL(req.url, 'http://feed');
    feed.asked.push({ after: url.searchParams.get('after'), limit: url.searchParams.get('limit'), authorization: req.headers.authorization });
    const page = feed.pages.shift() ?? { links: [], cursor: Number(url.searchParams.get('after')), more: false };
    res.writeHead(feed.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(page));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return Object.assign(feed, { port: server.address().port, stop: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }) });
}
