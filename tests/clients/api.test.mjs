// The clients against a real origin: sign up, buy as a friend with an order signed by the client, confirm, report.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LANGUAGES, answers } from './languages.mjs';
import { startOrigin } from './origin.mjs';

const CLICK_ID = '0192f5a0-7b1c-7def-8123-456789abcdef';
const nowSeconds = () => Math.floor(Date.now() / 1000);

const forge = (value) => `${value.slice(0, -1)}${value.endsWith('A') ? 'Q' : 'A'}`;

let origin;
before(async () => { origin = await startOrigin(); });
after(async () => { await origin?.stop(); });

const environment = (changes = {}) => ({
  BASE_URL: origin.url, MARKET_ID: origin.market.market_id, AUTH_TOKEN: origin.market.auth_token,
  SECRET_KEY: origin.market.secret_key, COOKIE_KEYS: origin.keys, ...changes,
});

const call = async (language, request, changes) =>
  (await answers(language, 'run_api', [request], environment(changes)))[0];

const post = async (order, headers = {}) => {
  const response = await fetch(`${origin.url}/track`, { method: 'POST', body: JSON.stringify(order), headers });
  return { status: response.status, body: await response.json() };
};

for (const language of LANGUAGES) {
  const slug = language.name.toLowerCase();
  const referrer = { email: `zoe.${slug}@shop.example`, first_name: 'Zoë', last_name: '"O/\\Neil"', client_data: { id: '7' }, locale: 'en' };
  const signUp = (signup = referrer) => ({ operation: 'sign_up', campaign: origin.campaign, signup });
  const confirm = (order_number, status) => ({ operation: 'confirm', order_number, status });
  const order = (ref) => ({
    market: origin.market.slug, customer_name: 'Jane, Smith', customer_email: `jane.${slug}@mail.example`,
    order_number: `A/1 "${slug}" €`, order_value: '12.50', ref,
  });

  test(`${language.name}: sign up, order, confirm, report`, async () => {
    const { out: links } = await call(language, signUp());
    assert.equal(links.is_new, true);
    assert.match(links.share_url, /^https:\/\/bp\.shop\.example\/r\/[0-9a-hjkmnp-tv-z]{12}$/);
    assert.deepEqual((await call(language, signUp())).out, { ...links, is_new: false });

    const given = order(links.share_url.split('/').pop());
    const { out: signed } = await call(language, { operation: 'track', order: given });
    const tracked = await post(signed);
    assert.equal(tracked.status, 201, JSON.stringify(tracked.body));
    assert.equal(tracked.body.referral.status, 'pending');

    assert.deepEqual(await call(language, confirm(given.order_number, 'confirmed')), { out: 'confirmed' });
    assert.deepEqual(await call(language, confirm(given.order_number, 'confirmed')), { out: 'confirmed' });

    const { out: rows } = await call(language, { operation: 'report', campaign: origin.campaign });
    const row = rows.find(({ OrderNumber }) => OrderNumber === given.order_number);
    const { ReferrerEmail, ReferrerLastName, FriendEmail, OrderValue, Currency, Status } = row;
    assert.deepEqual({ ReferrerEmail, ReferrerLastName, FriendEmail, OrderValue, Currency, Status }, {
      ReferrerEmail: referrer.email, ReferrerLastName: referrer.last_name, FriendEmail: given.customer_email,
      OrderValue: '12.50', Currency: 'GBP', Status: 'confirmed',
    });
  });

  test(`${language.name}: the origin takes a cookie that the client signed with the market's key, and no other`, async () => {
    const { out: links } = await call(language, signUp());
    const cookie = { operation: 'sign_cookie', code: links.share_url.split('/').pop(), click_id: CLICK_ID, captured_at: nowSeconds() };
    const { out: value } = await call(language, cookie);
    const orderOf = async (number) => (await call(language, { operation: 'track', order: { ...order(''), order_number: number } })).out;

    const tracked = await post(await orderOf(`C-${slug}`), { 'refedge-attribution': value });
    assert.equal(tracked.body.referral?.status, 'pending', JSON.stringify(tracked.body));
    const forged = await post(await orderOf(`D-${slug}`), { 'refedge-attribution': forge(value) });
    assert.equal(forged.body.referral, null, JSON.stringify(forged.body));
  });

  test(`${language.name}: an order whose value was changed after signing is refused`, async () => {
    const { out: signed } = await call(language, { operation: 'track', order: { ...order(''), order_number: `B-${slug}` } });
    const { status, body } = await post({ ...signed, order_value: '1.00' });
    assert.equal(status, 422);
    assert.deepEqual(body.errors.map(({ field, reason }) => ({ field, reason })), [{ field: 'signature', reason: 'signature_mismatch' }]);
  });

  test(`${language.name}: refusals name the field and never the token`, async () => {
    const token = `${origin.market.auth_token.slice(0, -1)}${origin.market.auth_token.endsWith('0') ? '1' : '0'}`;
    const wrongToken = await call(language, signUp(), { AUTH_TOKEN: token });
    assert.equal(wrongToken.api_error.status, 401);
    assert.ok(!JSON.stringify(wrongToken).includes(token));
    assert.equal((await call(language, confirm('nobody-ordered-this', 'confirmed'))).api_error.status, 404);

    for (const missing of ['email', 'first_name']) {
      const { api_error: error } = await call(language, signUp({ ...referrer, [missing]: '' }));
      assert.equal(error.status, 422);
      assert.equal(error.errors[0].reason, 'missing_field');
      assert.match(error.errors[0].field, new RegExp(missing));
    }
    const tooWide = { operation: 'report', campaign: origin.campaign, starts_at: 1_700_000_000, ends_at: 1_700_000_000 + 90 * 86400 + 1 };
    assert.equal((await call(language, tooWide)).api_error.status, 422);
  });
}
