#include "refedge/signature_report.h"

#include <algorithm>
#include <bit>
#include <cstddef>

#include "core/ascii.h"
#include "core/canonical.h"
#include "core/crypto/crypto.h"
#include "core/json_object.h"
#include "core/json_style.h"
#include "refedge/hex.h"
#include "refedge/limits.h"
#include "refedge/secret.h"
#include "refedge/signature.h"

namespace refedge {
namespace {

// A set of reasons, one bit each, in the order of their numbers from kEscapedSlashes to kHmac.
using Mask = unsigned;

constexpr Mask bit_of(SignatureReason reason) noexcept {
  return 1U << (static_cast<unsigned>(reason) - static_cast<unsigned>(SignatureReason::kEscapedSlashes));
}

constexpr Mask kSlashes = bit_of(SignatureReason::kEscapedSlashes);
constexpr Mask kUnicode = bit_of(SignatureReason::kEscapedUnicode);
constexpr Mask kSpaced = bit_of(SignatureReason::kSpaces);
constexpr Mask kUnsorted = bit_of(SignatureReason::kGivenOrder);
constexpr Mask kTrimmed = bit_of(SignatureReason::kTrimmedValues);
constexpr Mask kNoSecret = bit_of(SignatureReason::kSecretMissing);
constexpr Mask kSecretAhead = bit_of(SignatureReason::kSecretFirst);
constexpr Mask kKeyed = bit_of(SignatureReason::kHmac);
constexpr Mask kWriting = kSlashes | kUnicode | kSpaced | kUnsorted;
constexpr Mask kAll = kWriting | kTrimmed | kNoSecret | kSecretAhead | kKeyed;

using Findings = std::vector<SignatureFinding>;

// What is searched: the signed fields in the order of signed_keys, the fields besides, and what is to be
// found.
struct Search {
  std::vector<Field> named;
  std::vector<Field> unnamed;
  std::string_view secret_key;
  std::string digest;
};

void trim_value(Field& field) noexcept {
  if (field.kind == ValueKind::kString) field.value = trim(field.value, is_white_space);
}

// The digest of `fields`, written in the way that `mask` says.
bool has_digest(const Search& search, std::span<const Field> fields, Mask mask) {
  std::string compact = write_checked(fields);
  std::string text =
      restyle_json(compact, {(mask & kSlashes) != 0, (mask & kUnicode) != 0, (mask & kSpaced) != 0});
  const auto digest =
      (mask & kKeyed) != 0 ? crypto::hmac_sha256(search.secret_key, text) : crypto::sha256(text);
  wipe(compact);
  wipe(text);
  return constant_time_equal(search.digest, crypto::as_text(digest));
}

// A signer may sort "secret" among the keys: that is accepted, so it is tried with everything else and is no
// reason.
bool is_match(const Search& search, std::span<const Field> signed_fields, Mask mask) {
  const bool is_ahead = (mask & kSecretAhead) != 0;
  const std::size_t num_secrets = (mask & kNoSecret) != 0 ? 0 : 1;
  if (is_ahead && num_secrets == 0) return false;
  std::vector<Field> all(signed_fields.size() + num_secrets);
  const std::span<Field> fields = std::span(all).subspan(is_ahead ? 1 : 0, signed_fields.size());
  std::copy(signed_fields.begin(), signed_fields.end(), fields.begin());
  if ((mask & kTrimmed) != 0) std::for_each(fields.begin(), fields.end(), trim_value);
  if ((mask & kUnsorted) == 0) sort_fields(fields);
  if (num_secrets != 0) all[is_ahead ? 0 : fields.size()] = {"secret", search.secret_key};
  if (has_digest(search, all, mask)) return true;
  if ((mask & (kUnsorted | kSecretAhead | kNoSecret)) != 0) return false;
  sort_fields(all);
  return has_digest(search, all, mask);
}

// Tries every set of reasons out of `masks` on `fields`, the smallest sets first, and adds the one that
// holds.
bool try_fields(const Search& search, std::span<const Field> fields, Mask masks, Findings& findings) {
  for (int count = 0; count <= std::popcount(masks); ++count) {
    for (Mask mask = 0; mask <= masks; ++mask) {
      const bool is_subset = (mask & ~masks) == 0 && std::popcount(mask) == count;
      if (!is_subset || !is_match(search, fields, mask)) continue;
      for (auto number = static_cast<unsigned>(SignatureReason::kEscapedSlashes); mask != 0;
           ++number, mask >>= 1) {
        if ((mask & 1) != 0) findings.push_back({static_cast<SignatureReason>(number), {}});
      }
      return true;
    }
  }
  return false;
}

// Tries one key more or less: `field`, which is one of the named ones, or none of them.
bool try_key(const Search& search, const Field& field, SignatureReason reason, Findings& findings) {
  std::vector<Field> fields;
  for (const Field& named : search.named) {
    if (&named != &field) fields.push_back(named);
  }
  if (reason == SignatureReason::kUnnamedKey) fields.push_back(field);
  if (!try_fields(search, fields, kWriting, findings)) return false;
  findings.push_back({reason, field.key});
  return true;
}

Findings find_explanation(const Search& search) {
  Findings findings;
  if (try_fields(search, search.named, kAll, findings)) return findings;
  for (const Field& field : search.unnamed) {
    if (try_key(search, field, SignatureReason::kUnnamedKey, findings)) return findings;
  }
  for (const Field& field : search.named) {
    if (try_key(search, field, SignatureReason::kUnhashedKey, findings)) return findings;
  }
  findings.push_back({SignatureReason::kUnexplained, {}});
  return findings;
}

bool is_reserved(std::string_view key) noexcept { return key == "secret" || key == "signature"; }

// Precondition: verify_signature has accepted the form of everything, so that each key has its field.
Search make_search(std::span<const Field> fields, const std::vector<std::string_view>& keys) {
  Search search;
  for (const std::string_view key : keys) {
    const Field* field = fields.data();
    while (field->key != key) ++field;
    search.named.push_back(*field);
  }
  for (const Field& field : fields) {
    const bool is_named = std::find(keys.begin(), keys.end(), field.key) != keys.end();
    if (!is_named && !is_reserved(field.key) && check_fields({&field, 1})) search.unnamed.push_back(field);
  }
  return search;
}

std::size_t length_of(std::span<const Field> fields) noexcept {
  std::size_t length = 0;
  for (const Field& field : fields) length += field.key.size() + field.value.size();
  return length;
}

}  // namespace

Result<std::vector<SignatureFinding>> explain_signature_mismatch(std::span<const Field> fields,
                                                                 std::string_view signed_keys,
                                                                 std::string_view signature,
                                                                 std::string_view secret_key) {
  const auto verified = verify_signature(fields, signed_keys, signature, secret_key);
  if (verified) return Findings{{SignatureReason::kHolds, {}}};
  if (verified.error().code != Errc::kSignatureMismatch) return verified.error();
  if (fields.size() > kMaxFields) return {Errc::kTooMany, "fields"};
  if (length_of(fields) > kMaxReportLength) return {Errc::kTooLong, "fields"};
  Search search = make_search(fields, *parse_signed_keys(signed_keys));
  search.secret_key = secret_key;
  search.digest = *hex_decode(signature);
  return find_explanation(search);
}

}  // namespace refedge
