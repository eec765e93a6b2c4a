// Made by js/tools/generate.mjs from wasm/exports.json: change that and run it again.
import type { Call } from "./loader.js";
import {
  decimal, decodeRecord, decodeText, objectFields, optionalDecimal, optionalNumber, type JsonObject, type RecordField,
} from "./record.js";

export const ABI_VERSION = 1;

/** The number of answer_link_visit, which js/src/link_visits.ts calls in its own way. */
export const ANSWER_LINK_VISIT = 43;

/** The number of build_track_payload, which the browser script calls in its own way. */
export const BUILD_TRACK_PAYLOAD = 9;

/** The names of the reasons for a refusal; the index is the number that crosses the boundary. */
export const ERRORS = [
  "ok",
  "invalid_percent_encoding",
  "invalid_base64",
  "invalid_hex",
  "invalid_utf8",
  "too_long",
  "too_many",
  "missing_field",
  "invalid_field",
  "unknown_field",
  "duplicate_field",
  "signature_mismatch",
  "invalid_key",
  "invalid_ciphertext",
  "not_found",
  "unsupported_version",
  "unknown_key_id",
  "invalid_record",
  "invalid_json",
  "too_old",
  "in_the_future",
] as const;

const ignore = (): void => undefined;

export interface Cookie {
  code: string; // a share-link code
  clickId: string; // a click id, or empty
  capturedAt: number; // Unix seconds
}

const decodeCookie = (record: Uint8Array): Cookie => {
  const fields = decodeRecord(record);
  return { code: fields[0] ?? "", clickId: fields[1] ?? "", capturedAt: Number(fields[2] ?? "") };
};

export interface Decision {
  winner: number | undefined; // index into the evidence; undefined: not a referral
  ruleVersion: number; // which rules decided
  verdicts: string[]; // one for each piece of evidence, in its order
}

const decodeDecision = (record: Uint8Array): Decision => {
  const fields = decodeRecord(record);
  return { winner: optionalNumber(fields[0] ?? ""), ruleVersion: Number(fields[1] ?? ""), verdicts: fields.slice(2) };
};

export interface AutoSignup {
  mode: string; // auto or prefill
  email: string;
  name: string;
  customField: string;
}

const decodeAutoSignup = (record: Uint8Array): AutoSignup => {
  const fields = decodeRecord(record);
  return { mode: fields[0] ?? "", email: fields[1] ?? "", name: fields[2] ?? "", customField: fields[3] ?? "" };
};

export interface OauthAuthorization {
  consumerKey: string;
  token: string;
  timestamp: number; // Unix seconds
  nonce: string;
}

const decodeOauthAuthorization = (record: Uint8Array): OauthAuthorization => {
  const fields = decodeRecord(record);
  return { consumerKey: fields[0] ?? "", token: fields[1] ?? "", timestamp: Number(fields[2] ?? ""), nonce: fields[3] ?? "" };
};

export interface Capture {
  verdict: string; // set: set the cookie
  code: string; // of `ref`, or empty
}

const decodeCapture = (record: Uint8Array): Capture => {
  const fields = decodeRecord(record);
  return { verdict: fields[0] ?? "", code: fields[1] ?? "" };
};

export interface LinkAnswer {
  verdict: string; // of the visit; empty: the link does not serve, and the rest but for location is empty
  consent: string; // as judge_consent gives it
  repeat: string; // 1: the click is the one that the visitor's cookie remembers
  clickId: string;
  cookie: string; // to set; empty: none
  location: string; // where to; empty: the link's location as it stands, or nowhere
}

const decodeLinkAnswer = (record: Uint8Array): LinkAnswer => {
  const fields = decodeRecord(record);
  return { verdict: fields[0] ?? "", consent: fields[1] ?? "", repeat: fields[2] ?? "", clickId: fields[3] ?? "", cookie: fields[4] ?? "", location: fields[5] ?? "" };
};

export interface InvitedOn {
  at: number; // Unix seconds
  code: string;
}

const decodeInvitedOn = (record: Uint8Array): InvitedOn => {
  const fields = decodeRecord(record);
  return { at: Number(fields[0] ?? ""), code: fields[1] ?? "" };
};

export interface CookieKey {
  id: string; // one character of A-Z a-z 0-9 _ -
  key: Uint8Array; // 32 to 64 bytes
}

const cookieKeyFields = (value: CookieKey): RecordField[] => [value.id, value.key];

export interface Evidence {
  kind: "voucher_code" | "edge_cookie" | "browser_cookie" | "payload_ref" | "referrer_email";
  referrerId: string; // empty: it points to nobody
  referrerEmail: string; // may be empty
  seenAt?: number | undefined; // Unix seconds; undefined: undated
}

const evidenceFields = (value: Evidence): RecordField[] => [value.kind, value.referrerId, value.referrerEmail, optionalDecimal(value.seenAt)];

export interface JudgedEvidence {
  kind: "voucher_code" | "edge_cookie" | "browser_cookie" | "payload_ref" | "referrer_email";
  referrerId: string;
  seenAt?: number | undefined; // Unix seconds; undefined: undated
  verdict: string; // as attribute gave it
}

const judgedEvidenceFields = (value: JudgedEvidence): RecordField[] => [value.kind, value.referrerId, optionalDecimal(value.seenAt), value.verdict];

export interface KnownCookie {
  code: string;
  clickId: string;
  capturedAt: number; // Unix seconds
}

const knownCookieFields = (value: KnownCookie): RecordField[] => [value.code, value.clickId, decimal(value.capturedAt)];

export interface FraudPerson {
  email: string;
  ipAddress: string;
  userAgent: string;
  customerId: string;
  shopperId: string;
}

const fraudPersonFields = (value: FraudPerson): RecordField[] => [value.email, value.ipAddress, value.userAgent, value.customerId, value.shopperId];

export interface InvitationRow {
  customer: number; // from 0, the same for all rows of a customer
  state: "known" | "unknown";
  email: string;
  mobile: string;
  externalId: string;
  firstname: string;
  lastname: string;
  type: string;
  id: string;
  name: string;
  identifier: string;
  invitedOn: string;
}

const invitationRowFields = (value: InvitationRow): RecordField[] => [decimal(value.customer), value.state, value.email, value.mobile, value.externalId, value.firstname, value.lastname, value.type, value.id, value.name, value.identifier, value.invitedOn];

/** The share-link code that a query string carries as `ref`. */
export const captureRef = (call: Call, query: string): string =>
  call(0, [query], decodeText);

export interface FindQueryParamInput {
  query: string;
  name: string;
}

/** The decoded value of a query string's first parameter of that name. */
export const findQueryParam = (call: Call, input: FindQueryParamInput): string =>
  call(1, [input.query, input.name], decodeText);

export interface AppendQueryParamInput {
  url: string;
  name: string;
  value: string;
}

/** The URL with the parameter set, once. */
export const appendQueryParam = (call: Call, input: AppendQueryParamInput): string =>
  call(2, [input.url, input.name, input.value], decodeText);

/** Whether the text is a share-link code. */
export const isShareCode = (call: Call, text: string): boolean =>
  call(3, [text], decodeText) === "1";

export interface BuildCookieInput {
  code: string;
  clickId: string;
  capturedAt: number;
}

/** The unsigned value of a referral cookie. */
export const buildCookie = (call: Call, input: BuildCookieInput): string =>
  call(4, [input.code, input.clickId, decimal(input.capturedAt)], decodeText);

/** What a referral cookie says; a tag is not verified. */
export const parseCookie = (call: Call, value: string): Cookie =>
  call(5, [value], decodeCookie);

export interface FindCookieInput {
  header: string;
  name: string;
}

/** The value of the first cookie of that name in a Cookie request header. */
export const findCookie = (call: Call, input: FindCookieInput): string =>
  call(6, [input.header, input.name], decodeText);

export interface BuildSetCookieInput {
  name: string;
  value: string;
  domain: string; // empty: a host-only cookie
  maxAgeSeconds: number;
  owner: "edge" | "browser";
}

/** The value of a Set-Cookie header. */
export const buildSetCookie = (call: Call, input: BuildSetCookieInput): string =>
  call(7, [input.name, input.value, input.domain, decimal(input.maxAgeSeconds), input.owner], decodeText);

/** Canonical JSON, the members in their order. */
export const writeJsonObject = (call: Call, fields: JsonObject): string =>
  call(8, objectFields(fields), decodeText);

/** The body of POST /track, once every field of it is found right. */
export const buildTrackPayload = (call: Call, fields: JsonObject): string =>
  call(9, objectFields(fields), decodeText);

export interface VisitVerdictInput {
  method: string;
  userAgent: string;
  secPurpose: string;
  purpose: string;
  xMoz: string;
}

/** What kind of caller a request comes from; absent headers are empty. */
export const visitVerdict = (call: Call, input: VisitVerdictInput): "human" | "bot" | "unfurler" | "prefetch" | "head" =>
  call(10, [input.method, input.userAgent, input.secPurpose, input.purpose, input.xMoz], decodeText) as "human" | "bot" | "unfurler" | "prefetch" | "head";

export interface BuildSignatureInput {
  secretKey: string;
  signedKeys: string;
  fields: JsonObject;
}

/** The signature of an object: 64 lower-case hex digits. */
export const buildSignature = (call: Call, input: BuildSignatureInput): string =>
  call(11, objectFields(input.fields, [input.secretKey, input.signedKeys]), decodeText, true);

export interface VerifySignatureInput {
  secretKey: string;
  signedKeys: string;
  signature: string;
  fields: JsonObject;
}

/** Returns when the signature holds; throws `signature_mismatch` when it does not. */
export const verifySignature = (call: Call, input: VerifySignatureInput): void =>
  call(12, objectFields(input.fields, [input.secretKey, input.signedKeys, input.signature]), ignore, true);

export interface EncryptMetadataInput {
  authToken: string;
  metadata: string; // JSON
}

/** The Base64 of a `bp_e`, not yet percent-encoded. */
export const encryptMetadata = (call: Call, input: EncryptMetadataInput): string =>
  call(13, [input.authToken, input.metadata], decodeText, true);

export interface DecryptMetadataInput {
  authToken: string;
  bpE: string;
}

/** The JSON text in a `bp_e`, in any form that senders use. */
export const decryptMetadata = (call: Call, input: DecryptMetadataInput): string =>
  call(14, [input.authToken, input.bpE], decodeText, true);

export interface SignCookieInput {
  keyId: string;
  key: Uint8Array; // 32 to 64 bytes
  code: string;
  clickId: string;
  capturedAt: number;
}

/** The signed value of a referral cookie. */
export const signCookie = (call: Call, input: SignCookieInput): string =>
  call(15, [input.keyId, input.key, input.code, input.clickId, decimal(input.capturedAt)], decodeText, true);

export interface VerifyCookieInput {
  value: string;
  keys: readonly CookieKey[];
}

/** What a signed referral cookie says, once its tag holds under a key of the ring. */
export const verifyCookie = (call: Call, input: VerifyCookieInput): Cookie =>
  call(16, [input.value, ...input.keys.flatMap(cookieKeyFields)], decodeCookie, true);

export interface AttributeInput {
  customerEmail: string;
  clickRule: "last_click" | "first_click";
  windowSeconds: number;
  now: number; // Unix seconds
  evidence: readonly Evidence[];
}

/** Which piece of evidence wins, and why the others do not. */
export const attribute = (call: Call, input: AttributeInput): Decision =>
  call(17, [input.customerEmail, input.clickRule, decimal(input.windowSeconds), decimal(input.now), ...input.evidence.flatMap(evidenceFields)], decodeDecision);

export interface ExplainSignatureMismatchInput {
  secretKey: string;
  signedKeys: string;
  signature: string;
  fields: JsonObject;
}

/** JSON that says what would have matched a wrong signature; for the market's own staff. */
export const explainSignatureMismatch = (call: Call, input: ExplainSignatureMismatchInput): string =>
  call(18, objectFields(input.fields, [input.secretKey, input.signedKeys, input.signature]), decodeText, true);

export interface BuildBodySignatureInput {
  body: string;
  secretKey: string;
}

/** The Base64 HMAC-SHA1 of a body, as Friendbuy signs. */
export const buildBodySignature = (call: Call, input: BuildBodySignatureInput): string =>
  call(19, [input.body, input.secretKey], decodeText, true);

export interface VerifyBodySignatureInput {
  body: string;
  signature: string;
  secretKey: string;
}

/** Returns when the body's signature holds; throws `signature_mismatch` when it does not. */
export const verifyBodySignature = (call: Call, input: VerifyBodySignatureInput): void =>
  call(20, [input.body, input.signature, input.secretKey], ignore, true);

export interface SignWebhookInput {
  id: string;
  timestamp: string; // Unix seconds
  body: string;
  secret: string;
}

/** The signature of a webhook, as Standard Webhooks has it. */
export const signWebhook = (call: Call, input: SignWebhookInput): string =>
  call(21, [input.id, input.timestamp, input.body, input.secret], decodeText, true);

export interface VerifyWebhookInput {
  id: string;
  timestamp: string; // as the header says it
  signature: string;
  body: string;
  now: number; // Unix seconds
  toleranceSeconds: number;
  secrets: readonly string[];
}

/** Returns when one of the signatures holds under one of the secrets, and the time is right. */
export const verifyWebhook = (call: Call, input: VerifyWebhookInput): void =>
  call(22, [input.id, input.timestamp, input.signature, input.body, decimal(input.now), decimal(input.toleranceSeconds), ...input.secrets], ignore, true);

/** What an OAuth 1.0 Authorization header says; its signature is not verified. */
export const parseOauthAuthorization = (call: Call, authorization: string): OauthAuthorization =>
  call(23, [authorization], decodeOauthAuthorization);

export interface BuildOauthBaseStringInput {
  method: string;
  url: string;
  form: string;
  authorization: string;
}

/** The text that OAuth 1.0 signs. */
export const buildOauthBaseString = (call: Call, input: BuildOauthBaseStringInput): string =>
  call(24, [input.method, input.url, input.form, input.authorization], decodeText);

export interface SignOauthRequestInput {
  method: string;
  url: string;
  form: string;
  consumerKey: string;
  consumerSecret: string;
  token: string;
  tokenSecret: string;
  timestamp: number; // Unix seconds
  nonce: string;
}

/** The OAuth 1.0 Authorization header of a request. */
export const signOauthRequest = (call: Call, input: SignOauthRequestInput): string =>
  call(25, [input.method, input.url, input.form, input.consumerKey, input.consumerSecret, input.token, input.tokenSecret, decimal(input.timestamp), input.nonce], decodeText, true);

export interface VerifyOauthRequestInput {
  method: string;
  url: string;
  form: string;
  authorization: string;
  consumerSecret: string;
  tokenSecret: string;
  now: number; // Unix seconds
  toleranceSeconds: number;
}

/** Returns when the request's OAuth 1.0 signature holds, and its time is right. */
export const verifyOauthRequest = (call: Call, input: VerifyOauthRequestInput): void =>
  call(26, [input.method, input.url, input.form, input.authorization, input.consumerSecret, input.tokenSecret, decimal(input.now), decimal(input.toleranceSeconds)], ignore, true);

export interface ExplainDecisionInput {
  clickRule: "last_click" | "first_click";
  windowSeconds: number;
  decidedAt: number; // Unix seconds
  ruleVersion: number;
  evidence: readonly JudgedEvidence[];
}

/** JSON that says in words who referred a conversion, and why. */
export const explainDecision = (call: Call, input: ExplainDecisionInput): string =>
  call(27, [input.clickRule, decimal(input.windowSeconds), decimal(input.decidedAt), decimal(input.ruleVersion), ...input.evidence.flatMap(judgedEvidenceFields)], decodeText);

export interface BuildFraudReportInput {
  advocate: FraudPerson;
  friend: FraudPerson;
}

/** JSON of the fraud flags of a referral; what is unknown is empty. */
export const buildFraudReport = (call: Call, input: BuildFraudReportInput): string =>
  call(28, [...fraudPersonFields(input.advocate), ...fraudPersonFields(input.friend)], decodeText);

/** What an auto sign-up asks for, once every field of it is found right. */
export const validateAutoSignup = (call: Call, fields: JsonObject): AutoSignup =>
  call(29, objectFields(fields), decodeAutoSignup);

/** The JSON text in a `bp_p`. */
export const decodePlainSignup = (call: Call, bpP: string): string =>
  call(30, [bpP], decodeText);

/** Canonical JSON of a Friendbuy customer. */
export const buildFriendbuyCustomer = (call: Call, fields: JsonObject): string =>
  call(31, objectFields(fields), decodeText);

export interface BuildFriendbuyPurchaseInput {
  source: "event" | "api";
  fields: JsonObject;
}

/** Canonical JSON of a Friendbuy purchase; keys look like `products[0].sku`. */
export const buildFriendbuyPurchase = (call: Call, input: BuildFriendbuyPurchaseInput): string =>
  call(32, objectFields(input.fields, [input.source]), decodeText);

/** JSON of what a Refer Friends form says. */
export const parseReferFriendsForm = (call: Call, form: string): string =>
  call(33, [form], decodeText);

export interface BuildReferFriendsAnswerInput {
  format: "json" | "xml";
  emailsSent: number;
}

/** The answer to a Refer Friends form. */
export const buildReferFriendsAnswer = (call: Call, input: BuildReferFriendsAnswerInput): string =>
  call(34, [input.format, decimal(input.emailsSent)], decodeText);

/** When a Capillary invitation was made, and its code. */
export const parseInvitedOn = (call: Call, text: string): InvitedOn =>
  call(35, [text], decodeInvitedOn);

export interface JudgeCapillaryReferralInput {
  type: string;
  identifier: string;
}

/** The code of a Capillary invitation's status. */
export const judgeCapillaryReferral = (call: Call, input: JudgeCapillaryReferralInput): string =>
  call(36, [input.type, input.identifier], decodeText);

/** JSON of the answer to a batch of Capillary invitations, one row for each. */
export const buildCapillaryResponse = (call: Call, rows: readonly InvitationRow[]): string =>
  call(37, [...rows.flatMap(invitationRowFields)], decodeText);

export interface BuildDestinationInput {
  location: string;
  query: string; // of the visitor's request
  passthrough: "none" | "utm" | "all";
  precedence: "link" | "visitor";
}

/** The redirect's Location: the link's, with what the visitor's query may add. */
export const buildDestination = (call: Call, input: BuildDestinationInput): string =>
  call(38, [input.location, input.query, input.passthrough, input.precedence], decodeText);

export interface BuildPreviewPageInput {
  url: string;
  title: string;
  description: string;
  imageUrl: string;
  siteName: string;
  locale: string;
}

/** The HTML page that unfurlers read; what is not known is empty. */
export const buildPreviewPage = (call: Call, input: BuildPreviewPageInput): string =>
  call(39, [input.url, input.title, input.description, input.imageUrl, input.siteName, input.locale], decodeText);

export interface JudgeConsentInput {
  source: "implied" | "cookie" | "header";
  name: string;
  values: string; // what means yes, separated by commas
  honourGpc: boolean;
  honourDnt: boolean;
  cookie: string; // the Cookie header
  header: string; // the value of the header that the rule names
  secGpc: string;
  dnt: string;
}

/** Whether the referral may be kept (implied, given) or not; absent headers are empty. */
export const judgeConsent = (call: Call, input: JudgeConsentInput): "implied" | "given" | "not_asked" | "refused" | "global_privacy_control" | "do_not_track" =>
  call(40, [input.source, input.name, input.values, input.honourGpc ? "1" : "0", input.honourDnt ? "1" : "0", input.cookie, input.header, input.secGpc, input.dnt], decodeText) as "implied" | "given" | "not_asked" | "refused" | "global_privacy_control" | "do_not_track";

export interface JudgeCaptureInput {
  query: string;
  verdict: "human" | "bot" | "unfurler" | "prefetch" | "head";
  mayStore: boolean;
  now: number; // Unix seconds
  windowSeconds: number;
  previous: KnownCookie; // whose tag holds; an empty code: none
}

/** Whether `?ref=` on a page becomes a cookie. */
export const judgeCapture = (call: Call, input: JudgeCaptureInput): Capture =>
  call(41, [input.query, input.verdict, input.mayStore ? "1" : "0", decimal(input.now), decimal(input.windowSeconds), ...knownCookieFields(input.previous)], decodeCapture);

export interface IsRepeatClickInput {
  code: string;
  now: number; // Unix seconds
  windowSeconds: number;
  previous: KnownCookie;
}

/** Whether a click repeats the one that a verified cookie remembers. */
export const isRepeatClick = (call: Call, input: IsRepeatClickInput): boolean =>
  call(42, [input.code, decimal(input.now), decimal(input.windowSeconds), ...knownCookieFields(input.previous)], decodeText) === "1";

export interface AnswerLinkVisitInput {
  cookieName: string;
  consentSource: "implied" | "cookie" | "header";
  consentName: string;
  consentValues: string;
  honourGpc: boolean;
  honourDnt: boolean;
  passthrough: "none" | "utm" | "all";
  precedence: "link" | "visitor";
  repeatWindowSeconds: number;
  method: string;
  userAgent: string;
  secPurpose: string;
  purpose: string;
  xMoz: string;
  cookie: string; // the Cookie header
  consentHeader: string; // the value of the header that consent_name names
  secGpc: string;
  dnt: string;
  query: string;
  nowMs: number; // Unix milliseconds
  random: Uint8Array; // 10 bytes
  code: string;
  location: string;
  expiresAt: number; // Unix seconds; 0: never
  active: boolean;
  fallback: string; // where to when the link does not serve; may be empty
  keys: readonly CookieKey[]; // of the link's market; none: no cookie
}

/** All that is decided about a visit of a share link, in one call: what the operator wants, the request, the link. */
export const answerLinkVisit = (call: Call, input: AnswerLinkVisitInput): LinkAnswer =>
  call(43, [input.cookieName, input.consentSource, input.consentName, input.consentValues, input.honourGpc ? "1" : "0", input.honourDnt ? "1" : "0", input.passthrough, input.precedence, decimal(input.repeatWindowSeconds), input.method, input.userAgent, input.secPurpose, input.purpose, input.xMoz, input.cookie, input.consentHeader, input.secGpc, input.dnt, input.query, decimal(input.nowMs), input.random, input.code, input.location, decimal(input.expiresAt), input.active ? "1" : "0", input.fallback, ...input.keys.flatMap(cookieKeyFields)], decodeLinkAnswer, true);

/** A new share-link code. */
export const makeShareCode = (call: Call, random: Uint8Array): string =>
  call(44, [random], decodeText);

export interface MakeClickIdInput {
  unixMs: number;
  random: Uint8Array; // 10 bytes
}

/** A new click id. */
export const makeClickId = (call: Call, input: MakeClickIdInput): string =>
  call(45, [decimal(input.unixMs), input.random], decodeText);

/** The SHA-256 of a text's UTF-8, as 64 lower-case hex digits. */
export const hashSha256 = (call: Call, text: string): string =>
  call(46, [text], decodeText);

export interface SignHandoffInput {
  keyId: string;
  key: Uint8Array; // 32 to 64 bytes
  issued: number; // Unix seconds
  code: string;
  clickId: string;
  capturedAt: number;
}

/** A referral cookie as a token for a page on another domain, good for 300 seconds from `issued`. */
export const signHandoff = (call: Call, input: SignHandoffInput): string =>
  call(47, [input.keyId, input.key, decimal(input.issued), input.code, input.clickId, decimal(input.capturedAt)], decodeText, true);

export interface VerifyHandoffInput {
  token: string;
  now: number; // Unix seconds
  keys: readonly CookieKey[];
}

/** What a token says, once its tag holds under a key of the ring and its time is right. */
export const verifyHandoff = (call: Call, input: VerifyHandoffInput): Cookie =>
  call(48, [input.token, decimal(input.now), ...input.keys.flatMap(cookieKeyFields)], decodeCookie, true);

export interface CoreOperations {
  /** The share-link code that a query string carries as `ref`. */
  captureRef(query: string): string;
  /** The decoded value of a query string's first parameter of that name. */
  findQueryParam(input: FindQueryParamInput): string;
  /** The URL with the parameter set, once. */
  appendQueryParam(input: AppendQueryParamInput): string;
  /** Whether the text is a share-link code. */
  isShareCode(text: string): boolean;
  /** The unsigned value of a referral cookie. */
  buildCookie(input: BuildCookieInput): string;
  /** What a referral cookie says; a tag is not verified. */
  parseCookie(value: string): Cookie;
  /** The value of the first cookie of that name in a Cookie request header. */
  findCookie(input: FindCookieInput): string;
  /** The value of a Set-Cookie header. */
  buildSetCookie(input: BuildSetCookieInput): string;
  /** Canonical JSON, the members in their order. */
  writeJsonObject(fields: JsonObject): string;
  /** The body of POST /track, once every field of it is found right. */
  buildTrackPayload(fields: JsonObject): string;
}

export const coreOperations = (call: Call): CoreOperations => ({
  captureRef: (query) => captureRef(call, query),
  findQueryParam: (input) => findQueryParam(call, input),
  appendQueryParam: (input) => appendQueryParam(call, input),
  isShareCode: (text) => isShareCode(call, text),
  buildCookie: (input) => buildCookie(call, input),
  parseCookie: (value) => parseCookie(call, value),
  findCookie: (input) => findCookie(call, input),
  buildSetCookie: (input) => buildSetCookie(call, input),
  writeJsonObject: (fields) => writeJsonObject(call, fields),
  buildTrackPayload: (fields) => buildTrackPayload(call, fields),
});

export interface FullOperations {
  /** What kind of caller a request comes from; absent headers are empty. */
  visitVerdict(input: VisitVerdictInput): "human" | "bot" | "unfurler" | "prefetch" | "head";
  /** The signature of an object: 64 lower-case hex digits. */
  buildSignature(input: BuildSignatureInput): string;
  /** Returns when the signature holds; throws `signature_mismatch` when it does not. */
  verifySignature(input: VerifySignatureInput): void;
  /** The Base64 of a `bp_e`, not yet percent-encoded. */
  encryptMetadata(input: EncryptMetadataInput): string;
  /** The JSON text in a `bp_e`, in any form that senders use. */
  decryptMetadata(input: DecryptMetadataInput): string;
  /** The signed value of a referral cookie. */
  signCookie(input: SignCookieInput): string;
  /** What a signed referral cookie says, once its tag holds under a key of the ring. */
  verifyCookie(input: VerifyCookieInput): Cookie;
  /** Which piece of evidence wins, and why the others do not. */
  attribute(input: AttributeInput): Decision;
  /** JSON that says what would have matched a wrong signature; for the market's own staff. */
  explainSignatureMismatch(input: ExplainSignatureMismatchInput): string;
  /** The Base64 HMAC-SHA1 of a body, as Friendbuy signs. */
  buildBodySignature(input: BuildBodySignatureInput): string;
  /** Returns when the body's signature holds; throws `signature_mismatch` when it does not. */
  verifyBodySignature(input: VerifyBodySignatureInput): void;
  /** The signature of a webhook, as Standard Webhooks has it. */
  signWebhook(input: SignWebhookInput): string;
  /** Returns when one of the signatures holds under one of the secrets, and the time is right. */
  verifyWebhook(input: VerifyWebhookInput): void;
  /** What an OAuth 1.0 Authorization header says; its signature is not verified. */
  parseOauthAuthorization(authorization: string): OauthAuthorization;
  /** The text that OAuth 1.0 signs. */
  buildOauthBaseString(input: BuildOauthBaseStringInput): string;
  /** The OAuth 1.0 Authorization header of a request. */
  signOauthRequest(input: SignOauthRequestInput): string;
  /** Returns when the request's OAuth 1.0 signature holds, and its time is right. */
  verifyOauthRequest(input: VerifyOauthRequestInput): void;
  /** JSON that says in words who referred a conversion, and why. */
  explainDecision(input: ExplainDecisionInput): string;
  /** JSON of the fraud flags of a referral; what is unknown is empty. */
  buildFraudReport(input: BuildFraudReportInput): string;
  /** What an auto sign-up asks for, once every field of it is found right. */
  validateAutoSignup(fields: JsonObject): AutoSignup;
  /** The JSON text in a `bp_p`. */
  decodePlainSignup(bpP: string): string;
  /** Canonical JSON of a Friendbuy customer. */
  buildFriendbuyCustomer(fields: JsonObject): string;
  /** Canonical JSON of a Friendbuy purchase; keys look like `products[0].sku`. */
  buildFriendbuyPurchase(input: BuildFriendbuyPurchaseInput): string;
  /** JSON of what a Refer Friends form says. */
  parseReferFriendsForm(form: string): string;
  /** The answer to a Refer Friends form. */
  buildReferFriendsAnswer(input: BuildReferFriendsAnswerInput): string;
  /** When a Capillary invitation was made, and its code. */
  parseInvitedOn(text: string): InvitedOn;
  /** The code of a Capillary invitation's status. */
  judgeCapillaryReferral(input: JudgeCapillaryReferralInput): string;
  /** JSON of the answer to a batch of Capillary invitations, one row for each. */
  buildCapillaryResponse(rows: readonly InvitationRow[]): string;
  /** A new share-link code. */
  makeShareCode(random: Uint8Array): string;
  /** A new click id. */
  makeClickId(input: MakeClickIdInput): string;
  /** The SHA-256 of a text's UTF-8, as 64 lower-case hex digits. */
  hashSha256(text: string): string;
}

export const fullOperations = (call: Call): FullOperations => ({
  visitVerdict: (input) => visitVerdict(call, input),
  buildSignature: (input) => buildSignature(call, input),
  verifySignature: (input) => verifySignature(call, input),
  encryptMetadata: (input) => encryptMetadata(call, input),
  decryptMetadata: (input) => decryptMetadata(call, input),
  signCookie: (input) => signCookie(call, input),
  verifyCookie: (input) => verifyCookie(call, input),
  attribute: (input) => attribute(call, input),
  explainSignatureMismatch: (input) => explainSignatureMismatch(call, input),
  buildBodySignature: (input) => buildBodySignature(call, input),
  verifyBodySignature: (input) => verifyBodySignature(call, input),
  signWebhook: (input) => signWebhook(call, input),
  verifyWebhook: (input) => verifyWebhook(call, input),
  parseOauthAuthorization: (authorization) => parseOauthAuthorization(call, authorization),
  buildOauthBaseString: (input) => buildOauthBaseString(call, input),
  signOauthRequest: (input) => signOauthRequest(call, input),
  verifyOauthRequest: (input) => verifyOauthRequest(call, input),
  explainDecision: (input) => explainDecision(call, input),
  buildFraudReport: (input) => buildFraudReport(call, input),
  validateAutoSignup: (fields) => validateAutoSignup(call, fields),
  decodePlainSignup: (bpP) => decodePlainSignup(call, bpP),
  buildFriendbuyCustomer: (fields) => buildFriendbuyCustomer(call, fields),
  buildFriendbuyPurchase: (input) => buildFriendbuyPurchase(call, input),
  parseReferFriendsForm: (form) => parseReferFriendsForm(call, form),
  buildReferFriendsAnswer: (input) => buildReferFriendsAnswer(call, input),
  parseInvitedOn: (text) => parseInvitedOn(call, text),
  judgeCapillaryReferral: (input) => judgeCapillaryReferral(call, input),
  buildCapillaryResponse: (rows) => buildCapillaryResponse(call, rows),
  makeShareCode: (random) => makeShareCode(call, random),
  makeClickId: (input) => makeClickId(call, input),
  hashSha256: (text) => hashSha256(call, text),
});

export interface EdgeOperations {
  /** What kind of caller a request comes from; absent headers are empty. */
  visitVerdict(input: VisitVerdictInput): "human" | "bot" | "unfurler" | "prefetch" | "head";
  /** The signed value of a referral cookie. */
  signCookie(input: SignCookieInput): string;
  /** What a signed referral cookie says, once its tag holds under a key of the ring. */
  verifyCookie(input: VerifyCookieInput): Cookie;
  /** The redirect's Location: the link's, with what the visitor's query may add. */
  buildDestination(input: BuildDestinationInput): string;
  /** The HTML page that unfurlers read; what is not known is empty. */
  buildPreviewPage(input: BuildPreviewPageInput): string;
  /** Whether the referral may be kept (implied, given) or not; absent headers are empty. */
  judgeConsent(input: JudgeConsentInput): "implied" | "given" | "not_asked" | "refused" | "global_privacy_control" | "do_not_track";
  /** Whether `?ref=` on a page becomes a cookie. */
  judgeCapture(input: JudgeCaptureInput): Capture;
  /** Whether a click repeats the one that a verified cookie remembers. */
  isRepeatClick(input: IsRepeatClickInput): boolean;
  /** All that is decided about a visit of a share link, in one call: what the operator wants, the request, the link. */
  answerLinkVisit(input: AnswerLinkVisitInput): LinkAnswer;
  /** A new click id. */
  makeClickId(input: MakeClickIdInput): string;
  /** A referral cookie as a token for a page on another domain, good for 300 seconds from `issued`. */
  signHandoff(input: SignHandoffInput): string;
  /** What a token says, once its tag holds under a key of the ring and its time is right. */
  verifyHandoff(input: VerifyHandoffInput): Cookie;
}

export const edgeOperations = (call: Call): EdgeOperations => ({
  visitVerdict: (input) => visitVerdict(call, input),
  signCookie: (input) => signCookie(call, input),
  verifyCookie: (input) => verifyCookie(call, input),
  buildDestination: (input) => buildDestination(call, input),
  buildPreviewPage: (input) => buildPreviewPage(call, input),
  judgeConsent: (input) => judgeConsent(call, input),
  judgeCapture: (input) => judgeCapture(call, input),
  isRepeatClick: (input) => isRepeatClick(call, input),
  answerLinkVisit: (input) => answerLinkVisit(call, input),
  makeClickId: (input) => makeClickId(call, input),
  signHandoff: (input) => signHandoff(call, input),
  verifyHandoff: (input) => verifyHandoff(call, input),
});
