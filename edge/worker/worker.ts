// The worker: which handler a request goes to, and what the runtime calls on a schedule and with a queue's messages.
import type { CompiledModule } from "../loader.js";
import { passPage } from "./capture.js";
import { makeEdge, type Edge, type WorkerOptions } from "./edge.js";
import { answerForget } from "./forget.js";
import { answerHandoff } from "./handoff.js";
import { isPostOrPreflight } from "./page_answers.js";
import { unavailable } from "./pages.js";
import { takeBatch } from "./queue.js";
import { answerRedirect } from "./redirect.js";
import { RequestUrl } from "./request_url.js";
import type { Env, Lifetime, QueueBatch } from "./runtime.js";
import { publishLinks } from "./schedule.js";
import { SettingError } from "./setting_error.js";
import { answerStatus } from "./status.js";
import { passTrack } from "./track.js";

/** What a worker exports as its default. */
export interface RefedgeWorker {
  fetch(request: Request, env: Env, lifetime: Lifetime): Response | Promise<Response>;
  scheduled(event: unknown, env: Env, lifetime: Lifetime): Promise<void>;
  queue(batch: QueueBatch, env: Env): Promise<void>;
}

const route = (edge: Edge, request: Request, lifetime: Lifetime): Response | Promise<Response> => {
  const url = new RequestUrl(request.url);
  const { redirect, track, forget, handoff, status } = edge.settings;
  if (redirect !== undefined && url.path.startsWith(redirect)) return answerRedirect(edge, request, url, lifetime);
  if (url.path === track) return passTrack(edge, request, url, lifetime);
  if (url.path === forget && isPostOrPreflight(request)) return answerForget(edge, request, url);
  if (url.path === handoff && isPostOrPreflight(request)) return answerHandoff(edge, request, url);
  if (url.path === status) return answerStatus(edge, request, url);
  return passPage(edge, request, url);
};

/**
 * createWorker makes a worker of refedge-edge.wasm, compiled. What is wrong with the settings is said at each request, in the log
 * and by 503: a worker has no start at which it could be refused.
 */
export const createWorker = (module: CompiledModule, options: WorkerOptions = {}): RefedgeWorker => {
  let made: { env: Env; edge: Edge } | undefined;
  const edgeOf = (env: Env): Edge => {
    if (made?.env !== env) made = { env, edge: makeEdge(module, env, options) };
    return made.edge;
  };
  return {
    fetch(request, env, lifetime) {
      try {
        return route(edgeOf(env), request, lifetime);
      } catch (error) {
        if (!(error instanceof SettingError)) throw error;
        console.error(`refedge: ${error.message}`);
        return unavailable(request.method, { "Cache-Control": "no-store" });
      }
    },
    scheduled: (_event, env) => publishLinks(edgeOf(env)),
    queue: (batch, env) => takeBatch(edgeOf(env), batch),
  };
};
