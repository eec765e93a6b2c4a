// What is compared: each row's operation as we do it, by the published package, and as each peer does the whole of it, strings in
// and strings out.
import { importBuilt } from "../../wasm/artefacts.mjs";
import { canonical } from "./canonical.mjs";
import {
  AUTH_TOKEN, METADATA, SECRET_KEY, SIGNED_KEYS, SIGNED_ORDER, TRACKED_ORDER,
} from "./inputs.mjs";
import * as cryptoJs from "./peers/crypto_js.mjs";
import * as hashWasm from "./peers/hash_wasm.mjs";
import * as noble from "./peers/noble.mjs";
import * as noblePortable from "./peers/noble_portable.mjs";
import * as nodeCrypto from "./peers/node_crypto.mjs";
import * as plainJavaScript from "./peers/plain_javascript.mjs";

const { refedge } = await importBuilt("node.js");
const BP_E = nodeCrypto.encrypt(METADATA);

const hashers = [cryptoJs, noble, nodeCrypto, hashWasm];
const ciphers = [cryptoJs, noble, noblePortable, nodeCrypto];

const contest = (name, ours, peers, theirs) => ({
  name, contenders: [{ name: "refedge", act: ours }, ...peers.map((peer) => ({ name: peer.name, act: () => theirs(peer) }))],
});

export const contests = [
  contest("sha256", () => refedge.hashSha256(METADATA), hashers, ({ sha256 }) => sha256(METADATA)),
  contest("hmac-sha1", () => refedge.buildBodySignature({ body: METADATA, secretKey: SECRET_KEY }),
    hashers, ({ hmacSha1 }) => hmacSha1(METADATA)),
  contest("bp_e encrypt", () => refedge.encryptMetadata({ authToken: AUTH_TOKEN, metadata: METADATA }),
    ciphers, ({ encrypt }) => encrypt(METADATA)),
  contest("bp_e decrypt", () => refedge.decryptMetadata({ authToken: AUTH_TOKEN, bpE: BP_E }),
    ciphers, ({ decrypt }) => decrypt(BP_E)),
  contest("sign", () => refedge.buildSignature({ secretKey: SECRET_KEY, signedKeys: SIGNED_KEYS, fields: SIGNED_ORDER }),
    hashers, ({ sha256 }) => sha256(canonical(SIGNED_ORDER, SIGNED_KEYS, SECRET_KEY))),
  contest("payload", () => refedge.buildTrackPayload(TRACKED_ORDER),
    [plainJavaScript], ({ trackPayload }) => trackPayload(TRACKED_ORDER)),
];

/** requireAgreement throws where a contender makes something else than we do: that would be no contest. */
export const requireAgreement = ({ name, contenders: [ours, ...peers] }) => {
  const expected = ours.act();
  for (const peer of peers) {
    if (peer.act() !== expected) throw new Error(`${name}: ${peer.name} and refedge do not agree`);
  }
};
