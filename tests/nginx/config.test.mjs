// What `nginx -t` accepts, and how it names what it refuses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fs from 'node:fs';
import path from 'node:path';
import { MARKET, checkConfig, makeEdge } from './harness.mjs';

const edge = makeEdge();
const LINKS = `refedge_links ${edge.links};`;
const KEYS = `refedge_keys ${edge.keys};`;
const SPOOL = `refedge_spool ${edge.spool};`;
const LINE = String.raw` in ${edge.dir}/nginx\.conf:\d+`;
const redirect = (more = '') => `location /r/ { refedge_redirect on; ${more} }`;

const ACCEPTED = [
  ['all directives', { server: redirect('refedge_cookie name=friend domain=shop.example max_age=30d samesite=strict nosecure nohttponly;') }],
  ['everything a location can say', { server: `location /status { refedge_status json; } ${redirect(`refedge_preview on; refedge_capture on;
    refedge_consent cookie=a:*yes*,b gpc=ignore dnt=honour; refedge_query all prefer=visitor; refedge_fallback https://shop.example/;
    refedge_referrer_policy no-referrer; refedge_repeat_window 1d;`)}` }],
  ['everything off', { server: redirect(`refedge_preview off; refedge_capture off; refedge_consent off; refedge_query none; refedge_fallback off;
    refedge_referrer_policy off; refedge_repeat_window 0;`) }],
  ['a redirect of 307', { server: 'location /r/ { refedge_redirect on status=307; }' }],
  ['a status page before the links', { http: '', server: `location /s { refedge_status; } } ${LINKS} server { listen 127.0.0.1:81;` }],
  ['a link table that is not there yet', { http: `refedge_links /nonexistent/links; ${KEYS} ${SPOOL}` }],
  ['the least memory for links', { http: `refedge_links ${edge.links} memory=1m; ${KEYS} ${SPOOL}` }],
  ['the most memory for links', { http: `refedge_links ${edge.links} memory=64g; ${KEYS} ${SPOOL}` }],
  ['a redirect without keys', { http: `${LINKS} ${SPOOL}` }],
  ['redirect and track off', { http: '', server: 'location /r/ { refedge_redirect off; refedge_track off; }' }],
  ['track for a whole server, without a spool', { http: `${LINKS} ${KEYS}`, server: 'refedge_track on;' }],
  ['a cookie of 1 second', { server: redirect('refedge_cookie max_age=1s;') }],
  ['a cookie of 400 days', { server: redirect('refedge_cookie max_age=400d;') }],
  ['a host-only cookie for other sites', { server: redirect('refedge_cookie domain=off samesite=none secure httponly;') }],
  ['a spool of 1 MiB', { http: `${LINKS} ${KEYS} refedge_spool ${edge.spool} max_size=1m;` }],
  ['all options of a spool', { http: `${LINKS} ${KEYS} refedge_spool ${edge.spool} max_size=2g segment_size=1g rotate=10m sync=each;` }],
  ['the smallest spool', { http: `${LINKS} ${KEYS} refedge_spool ${edge.spool} segment_size=128k max_size=128k rotate=1ms sync=1ms;` }],
  ['a spool that is not synced', { http: `${LINKS} ${KEYS} refedge_spool ${edge.spool} sync=off;` }],
  ['forgetting, without links', { http: '', server: 'location /forget { refedge_forget on; }' }],
  ['a time-out for orders', { server: 'location = /track { refedge_track on timeout=500ms; }' }],
];
for (const [what, options] of ACCEPTED) {
  test(`accepts ${what}`, () => {
    const { accepted, message } = checkConfig(edge, options);
    assert.ok(accepted, message);
    assert.doesNotMatch(message, /\[(emerg|alert|crit|error)\]/);
  });
}

const REFUSED = [
  ['a cookie of 400 days and a second', { server: redirect('refedge_cookie max_age=34560001s;') },
    `refedge_cookie: max_age must be between 1s and 400d${LINE}`],
  ['a cookie of no time', { server: redirect('refedge_cookie max_age=0;') }, `must be between 1s and 400d${LINE}`],
  ['a cookie age that is no time', { server: redirect('refedge_cookie max_age=soon;') }, `"max_age=soon": max_age is no time${LINE}`],
  ['two cookies', { server: redirect('refedge_cookie max_age=1d; refedge_cookie max_age=2d;') }, `is duplicate${LINE}`],
  ['a cookie of an unknown flag', { server: redirect('refedge_cookie partitioned;') }, `"partitioned": unknown argument${LINE}`],
  ['a cookie of an unknown samesite', { server: redirect('refedge_cookie samesite=some;') }, `samesite is lax, strict or none${LINE}`],
  ['a cookie for all sites without secure', { server: redirect('refedge_cookie samesite=none nosecure;') },
    `samesite=none needs secure${LINE}`],
  ['a cookie whose name is none', { server: redirect('refedge_cookie "name=a b";') }, `the name is no cookie name${LINE}`],
  ['a cookie with the script\'s name', { server: redirect('refedge_cookie name=_refedge_js;') }, `the script's cookie${LINE}`],
  ['a cookie for a public suffix', { server: redirect('refedge_cookie domain=co.uk;') }, `no host name, or a public suffix${LINE}`],
  ['a cookie for no host name', { server: redirect('refedge_cookie "domain=a;b";') }, `no host name, or a public suffix${LINE}`],
  ['a cookie without arguments', { server: redirect('refedge_cookie;') }, `invalid number of arguments in "refedge_cookie" directive${LINE}`],
  ['a redirect of 301', { server: 'location /r/ { refedge_redirect on status=301; }' }, `"status=301": expected status=302 or status=307${LINE}`],
  ['a redirect of something else', { server: 'location /r/ { refedge_redirect on always; }' }, `"always": expected status=302 or status=307${LINE}`],
  ['a status page of another format', { server: 'location /s { refedge_status xml; }' }, `"xml": expected json or prometheus${LINE}`],
  ...['memory=1023k', 'memory=65g', 'memory=', 'memory=lots', 'size=1m'].map((argument) => [`links with ${argument}`,
    { http: `refedge_links ${edge.links} ${argument};` }, `refedge_links "${argument}": not memory=<size> from 1m to 64g${LINE}`]),
  ['a status page without links', { http: '', server: 'location /s { refedge_status; }' }, '"refedge_status" needs "refedge_links"'],
  ['capture without links', { http: KEYS, server: 'refedge_capture on;' }, '"refedge_capture on" needs "refedge_links"'],
  ['a query of something else', { server: redirect('refedge_query some;') }, `"some": expected none, utm or all${LINE}`],
  ['a query that nobody prefers', { server: redirect('refedge_query all prefer=me;') }, `expected prefer=link or prefer=visitor${LINE}`],
  ['two queries', { server: redirect('refedge_query all; refedge_query none;') }, `is duplicate${LINE}`],
  ['a fallback that is a path', { server: redirect('refedge_fallback /gone;') }, `"/gone": expected an absolute http or https URL${LINE}`],
  ['a fallback that is a script', { server: redirect('refedge_fallback javascript:alert(1);') }, `expected an absolute http or https URL${LINE}`],
  ['two fallbacks', { server: redirect('refedge_fallback off; refedge_fallback off;') }, `is duplicate${LINE}`],
  ['an unknown referrer policy', { server: redirect('refedge_referrer_policy none;') }, `"none": no referrer policy${LINE}`],
  ['a repeat window of over a day', { server: redirect('refedge_repeat_window 86401;') }, `must be at most 1d${LINE}`],
  ['consent by two things', { server: redirect('refedge_consent cookie=a header=b;') }, `"header=b": there is a cookie or header already${LINE}`],
  ['consent by nothing known', { server: redirect('refedge_consent yes;') }, `"yes": unknown argument${LINE}`],
  ['consent of a cookie without a name', { server: redirect('refedge_consent cookie=:yes;') }, `refedge_consent: name: missing_field${LINE}`],
  ['consent of a cookie without a value', { server: redirect('refedge_consent cookie=a:yes,,no;') }, `values: missing_field${LINE}`],
  ['consent of a header that is none', { server: redirect('refedge_consent "header=a b:yes";') }, `name: invalid_field${LINE}`],
  ['consent with a signal half honoured', { server: redirect('refedge_consent gpc=maybe;') }, `expected honour or ignore${LINE}`],
  ['two consents', { server: redirect('refedge_consent off; refedge_consent off;') }, `is duplicate${LINE}`],
  ['redirect neither on nor off', { server: 'location /r/ { refedge_redirect maybe; }' }, `"on" or "off"${LINE}`],
  ['forgetting outside a location', { server: 'refedge_forget on;' }, `not allowed here${LINE}`],
  ['forgetting neither on nor off', { server: 'location /forget { refedge_forget maybe; }' }, `"on" or "off"${LINE}`],
  ['redirect outside a location', { server: 'refedge_redirect on;' }, `not allowed here${LINE}`],
  ['links inside a server', { server: LINKS }, `not allowed here${LINE}`],
  ['two link tables', { http: `${LINKS} ${LINKS}` }, `is duplicate${LINE}`],
  ['two spools', { http: `${SPOOL} ${SPOOL}` }, `is duplicate${LINE}`],
  ['two keys files', { http: `${KEYS} ${KEYS}` }, `is duplicate${LINE}`],
  ['a spool that is not there', { http: 'refedge_spool /nonexistent/spool;' }, `"/nonexistent/spool" is no directory${LINE}`],
  ['a spool that is a file', { http: `refedge_spool ${edge.keys};` }, `is no directory${LINE}`],
  ['a spool smaller than a segment', { http: `refedge_spool ${edge.spool} max_size=1023k;` }, `max_size is less than one segment, 1048576 bytes${LINE}`],
  ['a spool of no size', { http: `refedge_spool ${edge.spool} max_size=much;` }, `"max_size=much" is no max_size=<size> of at least 128k${LINE}`],
  ['a spool of another option', { http: `refedge_spool ${edge.spool} size=2m;` },
    `"size=2m" is no max_size=, segment_size=, rotate= or sync=${LINE}`],
  ['a segment that holds no order', { http: `refedge_spool ${edge.spool} segment_size=127k;` }, `segment_size=<size> from 128k to 1g${LINE}`],
  ['a segment over 1 GiB', { http: `refedge_spool ${edge.spool} max_size=4g segment_size=1025m;` }, `segment_size=<size> from 128k to 1g${LINE}`],
  ['a rotation of no time', { http: `refedge_spool ${edge.spool} rotate=0;` }, `"rotate=0" is no rotate=<time> of at least 1ms${LINE}`],
  ['a sync of another word', { http: `refedge_spool ${edge.spool} sync=on;` }, `"sync=on" is no sync=off, sync=each or sync=<time>.*${LINE}`],
  ['a time-out of no time', { server: 'location = /track { refedge_track on timeout=0; }' }, `"timeout=0" is no timeout=<time> of at least 1ms${LINE}`],
  ['another option of track', { server: 'location = /track { refedge_track on wait=1s; }' }, `"wait=1s" is no timeout=<time>.*${LINE}`],
  ['a redirect without links', { http: `${KEYS} ${SPOOL}`, server: redirect() }, '"refedge_redirect on" needs "refedge_links"'],
  ['a redirect without a spool', { http: `${LINKS} ${KEYS}`, server: redirect() }, '"refedge_redirect on" needs "refedge_spool"'],
  ['track without links', { http: KEYS, server: 'refedge_track on;' }, '"refedge_track on" needs "refedge_links"'],
  ['track without keys', { http: LINKS, server: 'refedge_track on;' }, '"refedge_track on" needs "refedge_keys"'],
  ['a keys file that is not there', { http: 'refedge_keys /nonexistent/keys;' }, `"/nonexistent/keys" cannot be read.*${LINE}`],
  ['a keys file that is a directory', { http: `refedge_keys ${edge.spool};` }, `cannot be read.*Is a directory.*${LINE}`],
];
for (const [what, options, reason] of REFUSED) {
  test(`refuses ${what}`, () => {
    const { accepted, message } = checkConfig(edge, options);
    assert.ok(!accepted, message);
    assert.match(message, new RegExp(`\\[emerg\\].*(${reason})`));
  });
}

test('a wrong keys file is named with its line, and no part of a key is told', () => {
  const secret = Buffer.alloc(31, 's').toString('base64');
  const file = path.join(edge.dir, 'wrong_keys');
  fs.writeFileSync(file, `# ours\n\n${MARKET} a ${secret}\n`, { mode: 0o600 });
  const { accepted, message } = checkConfig(edge, { http: `${LINKS} refedge_keys ${file}; ${SPOOL}` });
  assert.ok(!accepted);
  assert.match(message, new RegExp(`refedge_keys "${file}" line 3: the key must be 32 to 64 bytes${LINE}`));
  assert.ok(!message.includes(secret.slice(0, 12)));
});

test('a keys file that everybody can read is warned of', () => {
  const file = path.join(edge.dir, 'open_keys');
  fs.writeFileSync(file, '', { mode: 0o644 });
  fs.chmodSync(file, 0o644);
  const { accepted, message } = checkConfig(edge, { http: `${LINKS} refedge_keys ${file}; ${SPOOL}` });
  assert.ok(accepted, message);
  assert.match(message, /\[warn\].*can be read by everybody/);
});
