// What stands between a merchant and the origin may be broken or hostile: the token stays with the address it is for.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { LANGUAGES, answers } from './languages.mjs';

const TOKEN = 'fd7cf959-8a3d-431e-975b-b5d3f36aa710';
const request = { operation: 'confirm', order_number: 'ORDER123', status: 'confirmed' };

async function withServer(answer, use) {
  const seen = [];
  const server = createServer((incoming, response) => {
    seen.push({ url: incoming.url, headers: incoming.headers });
    incoming.resume().on('end', () => answer(incoming, response));
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  try {
    return await use(`http://127.0.0.1:${server.address().port}`, seen);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => { server.close(done); });
  }
}

const call = async (language, url) => (await answers(language, 'run_api', [request],
  { BASE_URL: url, MARKET_ID: 'c2b6e3f4-0f5c-4b57-9d55-2f8a6a1f0f11', AUTH_TOKEN: TOKEN, SECRET_KEY: 'x' }))[0];

for (const language of LANGUAGES) {
  test(`${language.name}: a redirect is an error and carries no token`, () => withServer((_, response) => response.end('{}'), (trap, trapped) =>
    withServer((_, response) => response.writeHead(302, { location: `${trap}/stolen` }).end(), async (url, seen) => {
      const { api_error: error } = await call(language, url);
      assert.equal(error.status, 302);
      assert.equal(seen.length, 1);
      assert.equal(seen[0].headers.auth_token, TOKEN);
      assert.deepEqual(trapped, []);
    })));

  test(`${language.name}: a proxy's page is an error with its status`, () => withServer(
    (_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
    async (url) => {
      const { api_error: error } = await call(language, url);
      assert.deepEqual({ status: error.status, errors: error.errors }, { status: 502, errors: [] });
      assert.ok(!error.text.includes(TOKEN));
    }));

  test(`${language.name}: no answer is an error with status 0`, () => withServer(
    (incoming) => incoming.socket.destroy(),
    async (url) => {
      const { api_error: error } = await call(language, url);
      assert.deepEqual(error, { status: 0, errors: [], text: 'refedge did not answer' });
    }));

  test(`${language.name}: http is for loopback alone`, async () => {
    assert.deepEqual(await call(language, 'http://shop.example'), { error: { code: 'invalid_field', field: 'base_url' } });
  });
}
