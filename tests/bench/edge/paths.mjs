// Where the benchmark finds what was built, and keeps what it makes.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const HERE = path.dirname(fileURLToPath(import.meta.url));
export const ROOT = path.resolve(HERE, '../../..');
export const BUILD = path.resolve(ROOT, process.env.REFEDGE_BUILD ?? 'build');
export const BIN = path.join(BUILD, 'bin');
export const MODULE = path.join(BUILD, 'edge/ngx_http_refedge_module.so');
export const WORK = path.join(BUILD, 'bench/edge');
