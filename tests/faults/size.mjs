// Short in script/test; as many kills and as long an outage as issue and docs/faults.md say with REFEDGE_FAULTS=full.
export const IS_FULL = process.env.REFEDGE_FAULTS === 'full';
export const KILLS = IS_FULL ? 100 : 6;
export const OUTAGE_SECONDS = IS_FULL ? 600 : 5;
export const RELOADS = IS_FULL ? 60 : 4;

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
