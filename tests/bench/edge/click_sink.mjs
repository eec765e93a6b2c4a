// Where the workers' clicks go: an origin that takes every batch. It runs beside the load, on the load's core.
import http from 'node:http';

export async function startClickSink() {
  const sink = { clicks: 0 };
  const server = http.createServer((req, res) => {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => {
      const { clicks } = JSON.parse(Buffer.concat(chunks).toString());
      sink.clicks += clicks.length;
      res.setHeader('Content-Type', 'application/json');
      res.end(JSON.stringify({ accepted: clicks.length, duplicates: 0 }));
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  sink.port = server.address().port;
  sink.stop = () => new Promise((done) => { server.close(done); server.closeAllConnections(); });
  return sink;
}
