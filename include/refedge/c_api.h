/* The C ABI of the core: one function per operation, a record in, a response out.
 * Spec: docs/protocol.md#the-wasm-boundary. The WebAssembly modules export these operations.
 *
 * A record is a sequence of fields, each a u32 little-endian length and that many bytes. Text is
 * UTF-8; numbers are decimal text. Below, `a, b` are the fields in order, `(a, b)*` stands for zero or
 * more groups, and FIELD for three record fields: key, value, kind ("s" a string, "r" compact JSON).
 *
 * Every function fills `out`: status is an Errc number (include/refedge/errc.h). With 0 `data` is the
 * result, text unless "record" is said; otherwise `data` is the name of the field at fault, which may be
 * empty. Besides the errors of the C++ function of the same name each operation may answer
 * kInvalidRecord (17, empty field) for a record that does not add up or has the wrong number of fields,
 * and kInvalidField for a number or a name that is none.
 *
 * The response's bytes are valid until the next call of any function of this header. There is one
 * response buffer in a process: calls must not overlap. No function throws. */
#ifndef REFEDGE_C_API_H_
#define REFEDGE_C_API_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct refedge_response {
  uint32_t status;
  const uint8_t* data;
  size_t len;
} refedge_response;

/* refedge_abi_version is 1; it grows when an operation changes or goes, not when one is added. */
uint32_t refedge_abi_version(void);

/* refedge_wipe overwrites the response buffer with zeros; earlier responses are no longer valid. */
void refedge_wipe(void);

/* ---- Unkeyed operations: library refedge_capi, both WebAssembly modules ---- */

/* query -> the share-link code in `ref`. Spec: docs/protocol.md#ref. */
void refedge_capture_ref(const uint8_t* record, size_t len, refedge_response* out);
/* query, name -> the parameter's decoded value. */
void refedge_find_query_param(const uint8_t* record, size_t len, refedge_response* out);
/* url, name, value -> the url with the parameter. */
void refedge_append_query_param(const uint8_t* record, size_t len, refedge_response* out);
/* text -> "1" when it is a share-link code, else "0". */
void refedge_is_share_code(const uint8_t* record, size_t len, refedge_response* out);

/* code, click_id, captured_at -> the unsigned cookie value. Spec: docs/protocol.md#cookies. */
void refedge_build_cookie(const uint8_t* record, size_t len, refedge_response* out);
/* value -> record: code, click_id, captured_at. A tag is not verified. */
void refedge_parse_cookie(const uint8_t* record, size_t len, refedge_response* out);
/* header, name -> the cookie's value. */
void refedge_find_cookie(const uint8_t* record, size_t len, refedge_response* out);
/* name, value, domain, max_age_seconds, owner ("edge" or "browser") -> a Set-Cookie value. */
void refedge_build_set_cookie(const uint8_t* record, size_t len, refedge_response* out);

/* FIELD* -> canonical JSON. Spec: docs/protocol.md#canonical-json. */
void refedge_write_json_object(const uint8_t* record, size_t len, refedge_response* out);
/* FIELD* -> the body of POST /track. Spec: docs/protocol.md#track. */
void refedge_build_track_payload(const uint8_t* record, size_t len, refedge_response* out);

/* method, user_agent, sec_purpose, purpose, x_moz -> the verdict's name. In refedge-full.wasm alone: only servers
 * see these headers, and a page should not load the list of agents. */
void refedge_visit_verdict(const uint8_t* record, size_t len, refedge_response* out);

/* ---- Keyed operations and those of servers: library refedge_capi_full, refedge-full.wasm ---- */

/* bytes -> their SHA-256 as 64 lower-case hex digits. Spec: docs/protocol.md#hashes. */
void refedge_hash_sha256(const uint8_t* record, size_t len, refedge_response* out);

/* secret_key, signed_keys, FIELD* -> 64 hex digits. Spec: docs/protocol.md#signatures. */
void refedge_build_signature(const uint8_t* record, size_t len, refedge_response* out);
/* secret_key, signed_keys, signature, FIELD* -> nothing; kSignatureMismatch when it does not hold. */
void refedge_verify_signature(const uint8_t* record, size_t len, refedge_response* out);

/* auth_token, metadata (JSON text) -> Base64. Spec: docs/protocol.md#bp_e. */
void refedge_encrypt_metadata(const uint8_t* record, size_t len, refedge_response* out);
/* auth_token, bp_e -> JSON text. */
void refedge_decrypt_metadata(const uint8_t* record, size_t len, refedge_response* out);

/* key_id (one character), key (32 to 64 bytes), code, click_id, captured_at -> signed cookie value. */
void refedge_sign_cookie(const uint8_t* record, size_t len, refedge_response* out);
/* value, (key_id, key)* -> record: code, click_id, captured_at. */
void refedge_verify_cookie(const uint8_t* record, size_t len, refedge_response* out);

/* customer_email, click_rule ("last_click" or "first_click"), window_seconds, now,
 * (kind ("edge_cookie"), referrer_id, referrer_email, seen_at or empty)*
 * -> record: winner (index, or empty), rule_version, verdict*. Spec: docs/protocol.md#attribution. */
void refedge_attribute(const uint8_t* record, size_t len, refedge_response* out);

/* click_rule, window_seconds, decided_at, rule_version,
 * (kind, referrer_id, seen_at or empty, verdict ("weaker_kind"; "won" at most once))*
 * -> JSON. Spec: docs/protocol.md#explanations. */
void refedge_explain_decision(const uint8_t* record, size_t len, refedge_response* out);
/* The advocate's email, ip_address, user_agent, customer_id, shopper_id, then the same five of the friend
 * -> JSON. Spec: docs/protocol.md#fraud-flags. */
void refedge_build_fraud_report(const uint8_t* record, size_t len, refedge_response* out);

/* FIELD* -> record: mode ("auto" or "prefill"), email, name, custom_field.
 * Spec: docs/protocol.md#auto-sign-ups. */
void refedge_validate_auto_signup(const uint8_t* record, size_t len, refedge_response* out);
/* bp_p -> JSON text. */
void refedge_decode_plain_signup(const uint8_t* record, size_t len, refedge_response* out);

/* FIELD* -> canonical JSON. Spec: docs/protocol.md#friendbuy-payloads. */
void refedge_build_friendbuy_customer(const uint8_t* record, size_t len, refedge_response* out);
/* source ("event" or "api"), FIELD* with keys such as "products[0].sku" -> canonical JSON. */
void refedge_build_friendbuy_purchase(const uint8_t* record, size_t len, refedge_response* out);

/* form -> JSON under the form's names: FromEmail, FromName, Message, SegmentKey, ReferredByUserKey, ReferUrl,
 * Recipients [{Email, Name}], without what is absent. Spec: docs/protocol.md#refer-friends. */
void refedge_parse_refer_friends_form(const uint8_t* record, size_t len, refedge_response* out);
/* format ("json" or "xml"), emails_sent -> the answer. */
void refedge_build_refer_friends_answer(const uint8_t* record, size_t len, refedge_response* out);

/* text -> record: at (Unix seconds), code. Spec: docs/protocol.md#customer-referrals. */
void refedge_parse_invited_on(const uint8_t* record, size_t len, refedge_response* out);
/* type, identifier -> the code of the invitation's status ("1000"). */
void refedge_judge_capillary_referral(const uint8_t* record, size_t len, refedge_response* out);
/* (customer (from "0", the same for all rows of a customer), state ("known" or "unknown"), email, mobile,
 * external_id, firstname, lastname, type, id, name, identifier, invited_on)* -> JSON. One row for each
 * invitation; of a customer's further rows only the last five fields count; they are empty for none. */
void refedge_build_capillary_response(const uint8_t* record, size_t len, refedge_response* out);

/* body, secret_key -> Base64. Spec: docs/protocol.md#body-signature-friendbuy-v1. */
void refedge_build_body_signature(const uint8_t* record, size_t len, refedge_response* out);
/* body, signature, secret_key -> nothing. */
void refedge_verify_body_signature(const uint8_t* record, size_t len, refedge_response* out);

/* id, timestamp, body, secret -> "v1,<Base64>". Spec: docs/protocol.md#webhook-signatures-standard-webhooks. */
void refedge_sign_webhook(const uint8_t* record, size_t len, refedge_response* out);
/* id, timestamp, signature, body, now, tolerance_seconds, secret* -> nothing. */
void refedge_verify_webhook(const uint8_t* record, size_t len, refedge_response* out);

/* authorization -> record: consumer_key, token, timestamp, nonce. Spec: docs/protocol.md#oauth-10. */
void refedge_parse_oauth_authorization(const uint8_t* record, size_t len, refedge_response* out);
/* method, url, form, authorization -> the signature base string. */
void refedge_build_oauth_base_string(const uint8_t* record, size_t len, refedge_response* out);
/* method, url, form, consumer_key, consumer_secret, token, token_secret, timestamp, nonce -> an Authorization
 * header's value; a timestamp that is no number is named "oauth_timestamp". */
void refedge_sign_oauth_request(const uint8_t* record, size_t len, refedge_response* out);
/* method, url, form, authorization, consumer_secret, token_secret, now, tolerance_seconds -> nothing. The errors
 * of parse_oauth_authorization too. */
void refedge_verify_oauth_request(const uint8_t* record, size_t len, refedge_response* out);

/* secret_key, signed_keys, signature, FIELD* -> JSON: [{"reason","key","message"}]. For a market's own staff alone.
 * Spec: docs/protocol.md#signature-reports. */
void refedge_explain_signature_mismatch(const uint8_t* record, size_t len, refedge_response* out);

/* location, query, passthrough ("none", "utm" or "all"), precedence ("link" or "visitor") -> the redirect's Location.
 * Errors: kTooLong, kInvalidField (location). Spec: docs/protocol.md#destinations. */
void refedge_build_destination(const uint8_t* record, size_t len, refedge_response* out);
/* url, title, description, image_url, site_name, locale -> HTML. Spec: docs/protocol.md#preview-pages. */
void refedge_build_preview_page(const uint8_t* record, size_t len, refedge_response* out);
/* source ("implied", "cookie" or "header"), name, values, honour_gpc and honour_dnt ("1" or "0"), then of the request:
 * cookie, header, sec_gpc, dnt -> the decision's name. The errors of check_consent_rule too.
 * Spec: docs/protocol.md#consent. */
void refedge_judge_consent(const uint8_t* record, size_t len, refedge_response* out);
/* query, verdict ("human"), may_store ("1" or "0"), now, window_seconds, then the verified cookie: code (empty: none),
 * click_id, captured_at -> record: verdict ("set"), code. Spec: docs/protocol.md#capture. */
void refedge_judge_capture(const uint8_t* record, size_t len, refedge_response* out);
/* code, now, window_seconds, then the verified cookie: code, click_id, captured_at -> "1" when the click repeats the one
 * that the cookie remembers, else "0". */
void refedge_is_repeat_click(const uint8_t* record, size_t len, refedge_response* out);
/* key_id (one character), key (32 to 64 bytes), issued, code, click_id, captured_at -> token. Spec: docs/protocol.md#handoff. */
void refedge_sign_handoff(const uint8_t* record, size_t len, refedge_response* out);
/* token, now, (key_id, key)* -> record: code, click_id, captured_at. */
void refedge_verify_handoff(const uint8_t* record, size_t len, refedge_response* out);
/* cookie_name, consent_source, consent_name, consent_values, honour_gpc, honour_dnt, passthrough, precedence,
 * repeat_window_seconds, then of the request: method, user_agent, sec_purpose, purpose, x_moz, cookie, consent_header,
 * sec_gpc, dnt, query, now_ms, random (10 bytes), then of the link: code, location, expires_at, active ("1" or "0"),
 * fallback, (key_id, key)* -> record: verdict, consent, repeat ("1" or empty), click_id, cookie, location; all but the last,
 * the fallback, empty for a link that does not serve. The values of the first nine are those of judge_consent and build_destination.
 * Spec: docs/protocol.md#redirects. */
void refedge_answer_link_visit(const uint8_t* record, size_t len, refedge_response* out);

/* random (8 bytes) -> a new share-link code. */
void refedge_make_share_code(const uint8_t* record, size_t len, refedge_response* out);
/* unix_ms, random (10 bytes) -> a new click id. */
void refedge_make_click_id(const uint8_t* record, size_t len, refedge_response* out);

#ifdef __cplusplus
}
#endif

#endif /* REFEDGE_C_API_H_ */
