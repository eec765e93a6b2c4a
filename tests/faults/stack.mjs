// The whole edge as its operator runs it: real origin, real agent, real nginx, each of which may be killed at any time.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { after } from 'node:test';
import { REFEDGE, freePort, makeEdge, request, startNginx, until } from '../nginx/harness.mjs';

export const EDGE_TOKEN = 'edge-token-of-the-fault-tests';
const MARKETS = ['one', 'two'].map((slug) => ({ slug, domain: `${slug}.shop.example`, destination: 'https://www.shop.example/' }));

const living = new Set();
after(() => { for (const child of living) child.kill('SIGKILL'); });

/** A child process that says on standard error when it is ready. */
class Program {
  constructor(name, args, isReady) {
    this.log = '';
    this.child = spawn(REFEDGE, args, { env: { ...process.env, REFEDGE_EDGE_TOKEN: EDGE_TOKEN }, stdio: ['ignore', 'ignore', 'pipe'] });
    living.add(this.child);
    this.ended = new Promise((done) => this.child.once('exit', (code, signal) => { living.delete(this.child); done({ code, signal }); }));
    this.ready = new Promise((done, failed) => {
      createInterface({ input: this.child.stderr }).on('line', (line) => {
        this.log += `${line}\n`;
        if (isReady(line)) done();
      });
      this.ended.then(({ code, signal }) => failed(new Error(`${name} ended with ${code ?? signal}: ${this.log}`)));
    });
    this.ready.catch(() => {}); // whoever waits hears of it
  }

  async end(signal) {
    this.child.kill(signal);
    return this.ended;
  }
}

const refedge = (...args) => execFileSync(REFEDGE, args, { encoding: 'utf8' });

export class Stack {
  /**
   * `options`: nginx (options of startNginx), spool (arguments of refedge_spool), edge, markets ({slug, domain, destination}, and
   * pageUrl where the campaign is embedded; secrets that the test chooses itself).
   */
  static async start(options = {}) {
    const stack = new this();
    stack.edge = options.edge ?? makeEdge();
    stack.db = path.join(stack.edge.dir, 'refedge.db');
    stack.originPort = await freePort();
    stack.logs = { origin: '', agent: '' };
    stack.codes = [];
    stack.makeMarkets(options.markets ?? MARKETS);
    await stack.startOrigin();
    await stack.signUp();
    await stack.startAgent();
    await stack.startNginx(options);
    await until('every link is served', async () => {
      const answers = await Promise.all(stack.codes.map((code) => request(stack.nginx.port, `/r/${code}`, { 'User-Agent': 'curl/7' })));
      return answers.every((answer) => answer.status === 302);
    }, 60_000);
    return stack;
  }

  makeMarkets(markets) {
    this.markets = markets.map(({ slug, domain, destination, pageUrl, secrets = {} }) => {
      const made = JSON.parse(refedge('market', 'create', '--db', this.db, '--slug', slug, '--domain', domain, '--currency', 'GBP', '--locale', 'en'));
      this.makeCampaign({ slug, destination, pageUrl }, 'raf');
      for (const [name, value] of Object.entries(secrets)) execFileSync('sqlite3', [this.db, `UPDATE markets SET ${name} = '${value}' WHERE slug = '${slug}'`]);
      return { slug, destination, pageUrl, ...made, ...secrets };
    });
    fs.writeFileSync(this.edge.keys, refedge('market', 'keys', '--db', this.db), { mode: 0o600 });
  }

  makeCampaign({ slug, destination, pageUrl }, campaign) {
    refedge('campaign', 'create', '--db', this.db, '--market', slug, '--slug', campaign, '--name', 'Give 10', '--destination', destination,
      ...(pageUrl === undefined ? [] : ['--page-url', pageUrl]));
  }

  async signUp() {
    for (const { market_id: id, auth_token: token } of this.markets) {
      for (let i = 0; i < 3; i += 1) {
        const answer = await request(this.originPort, '/api/signups', { auth_id: id, auth_token: token, 'Content-Type': 'application/json' }, 'POST',
          JSON.stringify({ campaign_slug: 'raf', signup: { email: `referrer${i}@example.com`, first_name: 'Maya' } }));
        assert.equal(answer.status, 201, answer.body);
        this.codes.push(JSON.parse(answer.body).share_url.split('/').pop());
      }
    }
  }

  async startOrigin() {
    this.origin = new Program('origin', ['origin', '--db', this.db, '--listen', `127.0.0.1:${this.originPort}`], (line) => line.includes('listening on'));
    await this.origin.ready;
  }

  async startAgent() {
    this.agent = new Program('agent', ['agent', '--origin', `http://127.0.0.1:${this.originPort}`, '--links', this.edge.links,
      '--spool', this.edge.spool], (line) => line.includes('links in'));
    await this.agent.ready;
  }

  async startNginx({ spool = '', nginx = {} }) {
    this.nginx = await startNginx(this.edge, {
      workers: 2,
      http: `refedge_links ${this.edge.links}; refedge_keys ${this.edge.keys}; refedge_spool ${this.edge.spool} ${spool};`,
      server: `location /r/ { refedge_redirect on; }
        location = /track { refedge_track on timeout=1s; proxy_pass http://127.0.0.1:${this.originPort}; proxy_set_header Host $host; }`,
      ...nginx });
  }

  async endOrigin(signal = 'SIGKILL') { await this.origin.end(signal); this.logs.origin += this.origin.log; }

  async endAgent(signal = 'SIGKILL') { await this.agent.end(signal); this.logs.agent += this.agent.log; }

  sql(query) {
    const text = execFileSync('sqlite3', ['-readonly', '-json', '-cmd', '.timeout 10000', this.db, query], { encoding: 'utf8', maxBuffer: 1 << 28 });
    return text.trim() ? JSON.parse(text) : [];
  }

  spoolFiles(suffix) { return fs.readdirSync(this.edge.spool).filter((name) => name.endsWith(suffix)); }

  /** Ends what runs; every process must obey, and nginx must have nothing alarming in its log unless a worker was killed. */
  async stop({ workersKilled = false } = {}) {
    assert.deepEqual(await this.agent.end('SIGTERM'), { code: 0, signal: null }, this.agent.log);
    assert.deepEqual(await this.origin.end('SIGTERM'), { code: 0, signal: null }, this.origin.log);
    if (!workersKilled) return this.nginx.stop();
    process.kill(this.nginx.pid, 'SIGQUIT');
    await until('nginx ends', () => !fs.existsSync(`/proc/${this.nginx.pid}/exe`));
    return assert.doesNotMatch(this.nginx.errorLog().replace(/.*\[alert\].*worker process \d+ exited on signal 9\n/g, ''), /\[(alert|emerg|crit)\]/);
  }
}
