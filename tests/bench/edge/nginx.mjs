// nginx as a contender: one worker on the server core, a buffered access log, connections that stay open.
import fs from 'node:fs';
import path from 'node:path';
import { COOKIE_KEY, KEY_ID, MARKET } from './links.mjs';
import { HERE, MODULE } from './paths.mjs';
import { BOT_PATTERN } from './plain_visit.mjs';
import { accepts, childrenOf, freePort, startServer, stopServer, until } from './processes.mjs';

const NGINX = '/usr/sbin/nginx';
const LINK_MEMORY = '512m';  // room for all of the million, as Redis and Node have them

function configText({ directory, port, modules, http, location, log = 'combined' }) {
  return `${modules.map((module) => `load_module ${module};\n`).join('')}user www-data;
worker_processes 1;
pid ${directory}/nginx.pid;
daemon off;
events { worker_connections 1024; }
http {
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
  keepalive_requests 1000000000;
  ${http}
  access_log ${directory}/access.log ${log} buffer=64k;
  server {
    listen 127.0.0.1:${port};
    location /r/ { ${location} }
  }
}
`;
}

async function startNginx(options) {
  const port = await freePort();
  const { directory } = options;
  fs.mkdirSync(directory, { recursive: true });
  const config = path.join(directory, 'nginx.conf');
  const errorLog = path.join(directory, 'error.log');
  fs.writeFileSync(config, configText({ modules: [], http: '', ...options, port }));
  const master = startServer(NGINX, ['-c', config, '-e', errorLog]);
  await until('nginx listens', () => accepts({ port, host: '127.0.0.1' }), master);
  const workers = await until('nginx has its worker', () => childrenOf(master.pid).length === 1 && childrenOf(master.pid), master);
  return {
    port,
    pids: workers,
    // Between rounds: what a log costs is measured, what an old one fills is not wanted.
    tidy() { fs.truncateSync(path.join(directory, 'access.log')); },
    checkAfter() {
      const complaints = fs.readFileSync(errorLog, 'utf8').split('\n').filter((line) => /\[(warn|error|crit|alert|emerg)\]/.test(line));
      if (complaints.length > 0) throw new Error(`nginx complains: ${complaints[0]}`);
    },
    stop: () => stopServer(master, 'SIGQUIT'),
  };
}

// What `return 302` says besides: it sends a page of 138 bytes, and its type.
const PAGE_HEADERS = 'Content-Type: text/html\r\n'.length + '138'.length - '0'.length;

/** The least that nginx can do: a redirect to one place, with headers as long as the module's: the location makes up for the page's. */
export function startReturn302(directory, { location, cookie }) {
  return startNginx({ directory, location: `
      add_header Cache-Control no-store;
      add_header Referrer-Policy strict-origin-when-cross-origin;
      add_header X-Robots-Tag noindex;
      add_header Set-Cookie "${cookie}";
      return 302 "${location.slice(0, -PAGE_HEADERS)}";` });
}

function makeSpool(directory) {
  const spool = path.join(directory, 'spool');
  fs.mkdirSync(spool, { recursive: true });
  const [, , uid, gid] = fs.readFileSync('/etc/passwd', 'utf8').split('\n').find((line) => line.startsWith('www-data:')).split(':');
  fs.chownSync(spool, Number(uid), Number(gid));
  return spool;
}

// The agent's part: it deletes segments when they are shipped. The newest is still written.
function deleteOldSegments(spool) {
  for (const name of fs.readdirSync(spool).sort().slice(0, -1)) fs.unlinkSync(path.join(spool, name));
}

/** Our module over the table of a million links, with cookie keys and spool, which is the record of its clicks: an access log besides is asked for. */
export async function startModule(directory, { table }, { module = MODULE, memory = LINK_MEMORY, isLogged = false } = {}) {
  const spool = makeSpool(directory);
  const keys = path.join(directory, 'cookie_keys');
  fs.writeFileSync(keys, `${MARKET} ${KEY_ID} ${COOKIE_KEY.toString('base64')}\n`, { mode: 0o600 });
  const server = await startNginx({
    directory, modules: [module], location: `refedge_redirect on;${isLogged ? '' : ' access_log off;'}`,
    http: `refedge_links ${table} memory=${memory};
  refedge_keys ${keys};
  refedge_spool ${spool} max_size=16384m;` });
  server.hasMemory = true;
  const tidyLog = server.tidy;
  server.tidy = () => { tidyLog(); deleteOldSegments(spool); };
  return server;
}

// What `combined` says, and what a referral needs of a click: its id, which the cookie has, and the verdict.
const CLICK_LOG = `log_format clicks '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent '
    '"$http_referer" "$http_user_agent" $click_id $verdict';`;

const CLICK_LINE = / [0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12} human$/;

function checkClick(log) {
  const file = fs.openSync(log, 'r');
  const block = Buffer.alloc(1024);
  const [line] = block.toString('utf8', 0, fs.readSync(file, block)).split('\n');
  fs.closeSync(file);
  if (!CLICK_LINE.test(line)) throw new Error(`this is no record of a click: ${line}`);
}

/** nginx with Lua that asks Redis. `socket` is where Redis listens. */
export async function startLua(directory, { socket }) {
  fs.mkdirSync(directory, { recursive: true });
  const pattern = path.join(directory, 'bot_pattern');
  fs.writeFileSync(pattern, BOT_PATTERN);
  const server = await startNginx({
    directory, log: 'clicks',
    modules: ['ndk_http_module.so', 'ngx_http_lua_module.so'].map((name) => path.join('/usr/lib/nginx/modules', name)),
    http: `lua_package_path "${HERE}/?.lua;/usr/share/lua/5.1/?.lua;;";
  init_by_lua_block {
    redis_socket = "unix:${socket}"
    cookie_key = ngx.decode_base64("${COOKIE_KEY.toString('base64')}")
    key_id = "${KEY_ID}"
    bot_pattern = assert(io.open("${pattern}")):read("*a")
  }
  ${CLICK_LOG}`,
    location: 'set $click_id ""; set $verdict ""; content_by_lua_block { require("redirector")() }' });
  return { ...server, tidy() { checkClick(path.join(directory, 'access.log')); server.tidy(); } };
}
