// A friend's visit as a phone or laptop sends it, and what a contender must answer to it.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import { COOKIE_KEY, KEY_ID } from './links.mjs';
import { request } from './processes.mjs';

export const HEADERS = {
  Host: 'www.shop.example',
  'User-Agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'Accept-Language': 'en-GB,en;q=0.9',
  'Accept-Encoding': 'gzip, deflate, br',
};

const COOKIE = /^_refedge=(1\.[a-z0-9]{13}\.[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\.\d{10})\.(.)(.{22}); Max-Age=34560000; Path=\/; Domain=shop\.example; Secure; HttpOnly; SameSite=Lax$/;

/** Some links as they were published, from all over the file. */
export function someLinks(json) {
  const file = fs.openSync(json, 'r');
  const { size } = fs.fstatSync(file);
  const block = Buffer.alloc(4096);
  const at = (share) => {
    fs.readSync(file, block, 0, block.length, Math.floor((size - block.length) * share));
    return JSON.parse(block.toString().split('\n')[1]);
  };
  const found = [0, 0.2, 0.5, 0.8, 1].map(at);
  fs.closeSync(file);
  return found;
}

/** A contender that leaves work out is none: 302, the link's own location, no-store, a cookie whose tag holds. */
export async function checkRedirect(port, links) {
  const ids = new Set();
  for (const { code, location } of links) {
    const answer = await request(port, `/r/${code}`, HEADERS);
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.location, location);
    assert.match(answer.headers.location, new RegExp(`[?&]ref=${code}&bp_e=`));
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers['referrer-policy'], 'strict-origin-when-cross-origin');
    assert.equal(answer.headers['x-robots-tag'], 'noindex');
    const [, said, keyId, mac] = COOKIE.exec(answer.headers['set-cookie']) ?? assert.fail(`${answer.headers['set-cookie']}`);
    assert.equal(said.split('.')[1], code);
    assert.ok(Math.abs(Date.now() / 1000 - Number(said.split('.')[3])) < 60, said);
    assert.equal(keyId, KEY_ID);
    assert.equal(mac, createHmac('sha256', COOKIE_KEY).update(said).digest().subarray(0, 16).toString('base64url'));
    ids.add(said.split('.')[2]);
  }
  assert.equal(ids.size, links.length, 'a click id for every click');
  assert.equal((await request(port, '/r/0000000000000', HEADERS)).status, 404);
}

/** What answers everybody the same must at least answer that. */
export async function checkConstant(port, { code }, { location, cookie }) {
  const answer = await request(port, `/r/${code}`, HEADERS);
  assert.equal(answer.status, 302);
  assert.equal(answer.headers.location, location);
  assert.equal(answer.headers['set-cookie'][0], cookie);
  assert.equal(answer.headers['cache-control'], 'no-store');
}

/** What does no work must at least send as much: the head of the answer is as long as the module's. */
export async function checkHead(port, { code }, headBytes) {
  const answer = await request(port, `/r/${code}`, HEADERS);
  assert.equal(answer.status, 302);
  assert.ok(answer.headers.location && answer.headers['set-cookie']);
  assert.equal(answer.headBytes, headBytes);
}
