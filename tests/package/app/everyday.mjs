// A merchant's server in Node: what it does every day, told as one line of JSON.
import {
  attribute, decrypt, encrypt, explain, refedge, RefedgeError, sign, signWebhook, verify, verifyWebhook,
} from 'refedge/node';

const secretKey = 'afd46269f68a4b63b6a926d8bad9f5b5';
const authToken = 'fd7cf959-8a3d-431e-975b-b5d3f36aa710';
const fields = { email: 'john@doe.com', name: 'John Doe' };
const signedKeys = 'name, email';

const refusal = (attempt) => {
  try {
    attempt();
    return 'accepted';
  } catch (error) {
    return error instanceof RefedgeError ? `${error.field} ${error.code}` : String(error);
  }
};

const signature = sign({ secretKey, signedKeys, fields });
const bpE = encrypt({ authToken, metadata: '{"email":"john@doe.com","name":"John Doe","auto":"true"}' });
const evidence = [
  { kind: 'payload_ref', referrerId: 'zoe', referrerEmail: 'zoe@shop.example', seenAt: 1_700_000_000 },
  { kind: 'voucher_code', referrerId: 'max', referrerEmail: 'max@shop.example' },
];
const rule = { clickRule: 'last_click', windowSeconds: 30 * 86400 };
const decision = attribute({ ...rule, customerEmail: 'jane@mail.example', now: 1_700_000_100, evidence });
const explanation = explain({
  ...rule, decidedAt: 1_700_000_100, ruleVersion: decision.ruleVersion,
  evidence: evidence.map((piece, i) => ({ ...piece, verdict: decision.verdicts[i] })),
});

const hook = { id: 'msg_1', timestamp: '1700000000', body: '{"total_referrals":"2"}' };
const secret = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const delivered = { ...hook, signature: signWebhook({ ...hook, secret }), toleranceSeconds: 300, secrets: [secret] };

console.log(JSON.stringify({
  signature,
  holds: refusal(() => verify({ secretKey, signedKeys, signature, fields })),
  forged: refusal(() => verify({ secretKey, signedKeys, signature, fields: { ...fields, name: 'Jane Doe' } })),
  bpE,
  opened: decrypt({ authToken, bpE }),
  decision,
  explanation: JSON.parse(explanation),
  webhook: refusal(() => verifyWebhook({ ...delivered, now: 1_700_000_300 })),
  staleWebhook: refusal(() => verifyWebhook({ ...delivered, now: 1_700_000_301 })),
  ref: refedge.captureRef('?a=b&ref=k7'),
}));
