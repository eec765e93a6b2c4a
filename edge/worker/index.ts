// refedge in a CDN worker, or in any runtime with fetch, Request and Response.
export { createWorker, type RefedgeWorker } from "./worker.js";
export type { WorkerOptions } from "./edge.js";
export type { RegistrableDomain } from "./cookie_form.js";
export { BatchedClicks, type Click, type ClickSink, type Deliver } from "./clicks.js";
export { KvLinks } from "./kv_links.js";
export { MemoryLinks, type Link, type LinkPreview, type LinkStore, type LinkTable } from "./links.js";
export type { Env, Fetch, KvNamespace, Lifetime, QueueBatch, QueueMessage, QueueSender } from "./runtime.js";
export { SettingError } from "./setting_error.js";
