// A TypeScript consumer under strict rules. Each @ts-expect-error fails the compilation when the mistake below it passes.
import { loadCore, type Cookie, type WasmSource } from 'refedge';
import { loadFull, type Full } from 'refedge/full';
import { createWorker, MemoryLinks, type Click, type RefedgeWorker } from 'refedge/worker';
import {
  attribute, decrypt, encrypt, explain, RefedgeError, sign, verify, verifyCookie, verifyWebhook, type ErrorCode,
} from 'refedge/node';

export const signature: string = sign({ secretKey: 's', signedKeys: 'a', fields: { a: 'text', b: 1, c: [true, null] } });
export const nothing: void = verify({ secretKey: 's', signedKeys: 'a', signature, fields: { a: 'text' } });
export const opened: string = decrypt({ authToken: 't', bpE: encrypt({ authToken: 't', metadata: '{}' }) });
export const cookie: Cookie = verifyCookie({ value: '', keys: [{ id: 'a', key: new Uint8Array(32) }] });
export const winner: number | undefined = attribute({
  customerEmail: '', clickRule: 'first_click', windowSeconds: 1, now: 1, evidence: [],
}).winner;
export const told: string = explain({ clickRule: 'last_click', windowSeconds: 1, decidedAt: 1, ruleVersion: 1, evidence: [] });
export const fresh: void = verifyWebhook({
  id: '', timestamp: '', signature: '', body: '', now: 1, toleranceSeconds: 1, secrets: [],
});
export const code = (error: RefedgeError): ErrorCode => error.code;
export const both = async (source: WasmSource): Promise<[string, Full]> =>
  [(await loadCore(source)).captureRef('?ref=k7'), await loadFull(source)];
export const withoutWebAssembly = loadCore(import('refedge/refedge.wasm.js'));
export const worker = (module: Parameters<typeof createWorker>[0]): RefedgeWorker => createWorker(module, {
  links: new MemoryLinks(), clicks: { record: (click: Click) => void click.verdict },
});

// @ts-expect-error the fields are missing
sign({ secretKey: 's', signedKeys: 'a' });
// @ts-expect-error a function is no JSON
sign({ secretKey: 's', signedKeys: 'a', fields: { a: () => 1 } });
// @ts-expect-error there is no such rule
attribute({ customerEmail: '', clickRule: 'best_click', windowSeconds: 1, now: 1, evidence: [] });
// @ts-expect-error the unkeyed module does not sign
(await loadCore(new Uint8Array())).buildSignature;
// @ts-expect-error the loader's insides are not the package's
import('refedge/loader.js');
