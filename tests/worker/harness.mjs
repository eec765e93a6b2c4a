// Starts the worker in workerd, through Miniflare, with the bindings that an operator gives it.
import { Miniflare } from 'miniflare';
import { until } from '../nginx/harness.mjs';
import { COMPATIBILITY_DATE, workerModules } from './worker_source.mjs';

const running = new Set();
process.on('exit', () => { for (const miniflare of running) void miniflare.dispose(); });

/**
 * {port, kv, miniflare, says(pattern), stop()}. `bindings` are variables and secrets; `links` are put into the namespace as the feed would;
 * `options` goes to Miniflare (queues and the like).
 */
export async function startWorker({ bindings, links = [], options = {} }) {
  const lines = [];
  const miniflare = new Miniflare({
    modules: await workerModules(), compatibilityDate: COMPATIBILITY_DATE, host: '127.0.0.1', port: 0, cf: false,
    bindings, kvNamespaces: ['refedge_links'],
    handleRuntimeStdio: (stdout, stderr) => { for (const stream of [stdout, stderr]) stream.on('data', (data) => lines.push(String(data))); },
    ...options,
  });
  running.add(miniflare);
  const url = await miniflare.ready;
  const kv = await miniflare.getKVNamespace('refedge_links');
  await Promise.all(links.map((link) => kv.put(`link:${link.code}`, JSON.stringify(link))));
  return {
    port: Number(url.port), kv, miniflare,
    /** Waits for a line of workerd's: it comes through a pipe, after the answer or before it. */
    says: (pattern) => until(`the worker says ${pattern}`, () => pattern.test(lines.join(''))),
    /** Runs the worker's scheduled handler; rejects when it fails. */
    async scheduled() {
      const { outcome } = await (await miniflare.getWorker()).scheduled({ cron: '* * * * *' });
      if (outcome !== 'ok') throw new Error(`scheduled: ${outcome}`);
    },
    async stop() { running.delete(miniflare); await miniflare.dispose(); },
  };
}
