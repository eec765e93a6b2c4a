// Track payloads: what `track({...})` sends. Spec: docs/protocol.md#track.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "refedge/json_writer.h"
#include "refedge/result.h"

namespace refedge {

// parse_money reads a decimal amount "XX.YY" (digits, optional '.' and one or two digits; no sign, no
// currency, no exponent, no thousands separator) into minor units (cents): "12.5" -> 1250.
// Errors: kInvalidField; kTooLong above kMaxMoneyMinorUnits or over 32 characters.
[[nodiscard]] Result<std::int64_t> parse_money(std::string_view text);

// is_email tells whether `text` looks like an address that mail can be sent to: one '@', a local part
// of 1 to 64 bytes and a domain with a dot or "localhost", no space, control or angle bracket; at most
// kMaxEmailLength bytes. Deliverability is not its business.
[[nodiscard]] bool is_email(std::string_view text) noexcept;

// normalise_email trims white space and lowers ASCII letters: the form in which addresses are compared.
[[nodiscard]] std::string normalise_email(std::string_view text);

struct Name {
  std::string first;
  std::string last;
};

// split_name reads "First, Last" (the track form) or "First Last" (the embed form): at the first comma
// if there is one, else at the last space. A single word is the first name.
[[nodiscard]] Name split_name(std::string_view text);

struct ValidTrack {};

// validate_track checks every field of a track payload. Known fields: market, campaign, customer_name,
// customer_email, marketing_opt_in, order_number, order_value, reward_category, voucher_code,
// voucher_codes (kRaw: a JSON array of strings), locale, signed_keys, signature, ref, browser_cookie.
// Required: market, customer_email, order_number. Booleans are "true" or "false" (text or JSON); order_number
// and order_value may be JSON numbers. Empty text and JSON null count as absent. `signed_keys` holds at least
// order_number and customer_email, names only fields that are given, and comes with a `signature` of 64 hex
// digits. `ref` and `browser_cookie` are checked for length alone: they come from the visitor, and bad
// evidence must not fail an order.
// Errors (field named): kMissingField, kInvalidField, kTooLong, kTooMany, kInvalidUtf8,
// kDuplicateField, kUnknownField (so that a misspelt field is heard of at once).
[[nodiscard]] Result<ValidTrack> validate_track(std::span<const Field> fields);

// build_track_payload validates `fields` and writes the body of POST /track: one compact JSON object,
// the known fields in the order above whatever the order given, empty optional fields left out unless
// they are named in signed_keys. Values are not changed: a signature made over them holds.
// Errors: those of validate_track.
[[nodiscard]] Result<std::string> build_track_payload(std::span<const Field> fields);

}  // namespace refedge
