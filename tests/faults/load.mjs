// Friends who click and customers who order, all the time; every answer is written down.
import http from 'node:http';
import { HUMAN } from '../nginx/harness.mjs';

const CLICKERS = 6;
const SHOPPERS = 3;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** One request on a connection of its own: {status, headers, body}, or {failure} when the connection broke. */
function ask(port, options, body) {
  return new Promise((done) => {
    const sent = http.request({ port, host: '127.0.0.1', agent: false, timeout: 30_000, ...options }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => { text += chunk; });
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: text }));
      answer.on('error', (error) => done({ failure: error.code ?? error.message }));
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer within 30 s')));
    sent.on('error', (error) => done({ failure: error.code ?? error.message }));
    sent.end(body);
  });
}

export class Load {
  constructor(stack, random) {
    this.stack = stack;
    this.random = random;
    this.clicks = { asked: 0, acknowledged: new Set(), failed: [] };
    this.orders = { asked: 0, acknowledged: new Map(), refused: [], failed: [] };
    this.isOver = false;
    this.slowest = 0;
  }

  start() {
    const work = (count, step) => Array.from({ length: count }, () => this.repeat(step));
    this.running = Promise.all([...work(CLICKERS, () => this.click()), ...work(SHOPPERS, () => this.order())]);
    return this;
  }

  async repeat(step) {
    while (!this.isOver) {
      const begin = Date.now();
      await step();
      this.slowest = Math.max(this.slowest, Date.now() - begin);
      await pause(this.random.below(20));
    }
  }

  async stop() {
    this.isOver = true;
    await this.running;
    return this;
  }

  async click() {
    this.clicks.asked += 1;
    const code = this.random.pick(this.stack.codes);
    const answer = await ask(this.stack.nginx.port, { path: `/r/${code}`, headers: { Host: 'www.shop.example', 'User-Agent': HUMAN } });
    const cookie = /_refedge=1\.[^.]+\.([^.]+)\./.exec(answer.headers?.['set-cookie']?.[0] ?? '');
    if (answer.status === 302 && cookie) {
      if (this.clicks.acknowledged.has(cookie[1])) throw new Error(`click id ${cookie[1]} was given twice`);
      this.clicks.acknowledged.add(cookie[1]);
      this.cookie = /_refedge=[^;]+/.exec(answer.headers['set-cookie'][0])[0];
    } else this.clicks.failed.push(answer.failure ?? answer.status);
  }

  async order() {
    this.orders.asked += 1;
    const { slug } = this.random.pick(this.stack.markets);
    const number = `${slug}-${this.orders.asked}`;
    const body = JSON.stringify({ market: slug, customer_email: `friend${this.orders.asked}@example.org`, order_number: number, order_value: '10.00' });
    const answer = await ask(this.stack.nginx.port, { path: '/track', method: 'POST',
      headers: { Host: `${slug}.shop.example`, 'Content-Type': 'text/plain', 'Content-Length': Buffer.byteLength(body), ...(this.cookie ? { Cookie: this.cookie } : {}) } }, body);
    if ([200, 201, 202].includes(answer.status)) this.orders.acknowledged.set(number, answer.status);
    else if (answer.status === 503 && answer.body.includes('"unavailable"')) this.orders.refused.push(number);
    else this.orders.failed.push(answer.failure ?? answer.status);
  }
}
