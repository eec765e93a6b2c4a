// Every worker keeps copies of links: none may serve what the table no longer says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fs from 'node:fs';
import { HUMAN, makeEdge, putLinks, startNginx, until, workersOf } from './harness.mjs';

const WORKERS = 4;
const human = { 'User-Agent': HUMAN };

// Enough connections at once that every worker accepts some.
function crowd(nginx, code) {
  return Promise.all(Array.from({ length: 64 }, () => nginx.get(`/r/${code}`, human)));
}

async function withCrowd(use) {
  const edge = makeEdge();
  putLinks(edge, [{ code: 'moving', location: 'https://shop.example/0' }, { code: 'still', location: 'https://shop.example/still' }]);
  const nginx = await startNginx(edge, { workers: WORKERS });
  try {
    await use(nginx, edge);
  } finally {
    await nginx.stop();
  }
}

test('every worker serves a changed link from its next request on', async () => {
  await withCrowd(async (nginx, edge) => {
    for (let round = 1; round <= 20; round += 1) {
      await crowd(nginx, 'moving');
      putLinks(edge, [{ code: 'moving', location: `https://shop.example/${round}` }]);
      const answers = await crowd(nginx, 'moving');
      assert.deepEqual(new Set(answers.map((answer) => answer.headers.location)), new Set([`https://shop.example/${round}`]));
      const others = await crowd(nginx, 'still');
      assert.deepEqual(new Set(others.map((answer) => answer.headers.location)), new Set(['https://shop.example/still']));
    }
  });
});

const ownMemoryOf = (pid) => Number(/^RssAnon:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;

test('every worker brings the whole table into its memory before anybody asks, and serves what changes meanwhile', async () => {
  const edge = makeEdge();
  const links = Array.from({ length: 50_000 }, (_, index) => ({ code: `code${index}`, location: `https://shop.example/${index}/${'x'.repeat(250)}` }));
  putLinks(edge, links);
  const nginx = await startNginx(edge, { workers: 2 });
  try {
    putLinks(edge, [{ code: 'code1', location: 'https://shop.example/changed' }]);
    const bytes = links.reduce((sum, { location }) => sum + location.length, 0);
    for (const worker of workersOf(nginx.pid)) await until('the links are in memory', () => ownMemoryOf(worker) > bytes);
    assert.equal((await nginx.get('/r/code1', human)).headers.location, 'https://shop.example/changed');
    assert.equal((await nginx.get('/r/code49999', human)).headers.location, links.at(-1).location);
  } finally {
    await nginx.stop();
  }
});

test('no worker serves a withdrawn link, and every one serves it again when it comes back', async () => {
  await withCrowd(async (nginx, edge) => {
    for (let round = 0; round < 5; round += 1) {
      assert.ok((await crowd(nginx, 'moving')).every((answer) => answer.status === 302));
      putLinks(edge, [{ code: 'moving', location: 'https://shop.example/0', active: false }]);
      assert.ok((await crowd(nginx, 'moving')).every((answer) => answer.status === 404));
      putLinks(edge, [{ code: 'moving', location: 'https://shop.example/0' }]);
    }
  });
});

test('a remembered link expires on time', async () => {
  await withCrowd(async (nginx, edge) => {
    putLinks(edge, [{ code: 'moving', location: 'https://shop.example/0', expires_at: Math.floor(Date.now() / 1000) + 5 }]);
    assert.ok((await crowd(nginx, 'moving')).every((answer) => answer.status === 302));
    await until('it has expired', async () => (await nginx.get('/r/moving', human)).status === 404);
    assert.ok((await crowd(nginx, 'moving')).every((answer) => answer.status === 404));
  });
});

test('links that are remembered of a table that was replaced are forgotten', async () => {
  await withCrowd(async (nginx, edge) => {
    await crowd(nginx, 'moving');
    fs.renameSync(edge.links, `${edge.links}.old`);
    putLinks(edge, [{ code: 'moving', location: 'https://shop.example/replaced' }]);
    const allAreNew = async () => (await crowd(nginx, 'moving')).every((answer) => answer.headers.location === 'https://shop.example/replaced');
    await until('every worker serves the new table', allAreNew);
    for (let again = 0; again < 10; again += 1) assert.ok(await allAreNew(), 'and none goes back');
  });
});

// Whoever publishes does not stop the clicks, and no click sees half a change.
test('under load, while links are committed one after the other, every answer is a state of the table', async () => {
  await withCrowd(async (nginx, edge) => {
    let published = 0;
    let ended = false;
    const seen = [];
    const load = (async () => {
      while (!ended) {
        const before = published;
        for (const answer of await crowd(nginx, 'moving')) {
          assert.equal(answer.status, 302);
          const [, round, tail] = /^https:\/\/shop\.example\/(\d+)\/(x*)$/.exec(answer.headers.location ?? '') ?? [null, 0, ''];
          assert.equal(tail.length, (Number(round) * 37) % 500);
          assert.ok(Number(round) >= before, `${round} after ${before} was committed`);
          seen.push(Number(round));
        }
      }
    })();
    for (let round = 1; round <= 40; round += 1) {
      putLinks(edge, [{ code: 'moving', location: `https://shop.example/${round}/${'x'.repeat((round * 37) % 500)}` }]);
      published = round;
      await new Promise((done) => setImmediate(done));
    }
    ended = true;
    await load;
    assert.ok(new Set(seen).size > 3, 'the load ran while links were committed');
  });
});
