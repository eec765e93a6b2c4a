#include "refedge/signature_report.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <optional>

#include "core/ascii.h"
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

bool by_key(const Field& a, const Field& b) noexcept { return a.key < b.key; }

void trim_value(Field& field) noexcept {
  if (field.kind == ValueKind::kString) field.value = trim(field.value, is_white_space);
}

// The digest of `fields`, written in the way that `mask` says.
bool has_digest(const Search& search, std::span<const Field> fields, Mask mask) {
  std::string compact;
  compact.reserve(max_json_length(fields));
  append_json_object(compact, fields);
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
bool is_match(const Search& search, std::vector<Field> fields, Mask mask) {
  if ((mask & kNoSecret) != 0 && (mask & kSecretAhead) != 0) return false;
  const Field secret = {"secret", search.secret_key};
  if ((mask & kTrimmed) != 0) std::for_each(fields.begin(), fields.end(), trim_value);
  if ((mask & kUnsorted) == 0) std::sort(fields.begin(), fields.end(), by_key);
  if ((mask & kSecretAhead) != 0) fields.insert(fields.begin(), secret);
  if ((mask & (kSecretAhead | kNoSecret)) != 0) return has_digest(search, fields, mask);
  fields.push_back(secret);
  if (has_digest(search, fields, mask)) return true;
  if ((mask & kUnsorted) != 0) return false;
  std::sort(fields.begin(), fields.end(), by_key);
  return has_digest(search, fields, mask);
}

Findings findings_of(Mask mask) {
  Findings findings;
  for (auto number = static_cast<unsigned>(SignatureReason::kEscapedSlashes); mask != 0;
       ++number, mask >>= 1) {
    if ((mask & 1) != 0) findings.push_back({static_cast<SignatureReason>(number), {}});
  }
  return findings;
}

// Tries every set of reasons out of `masks` on `fields`, the smallest sets first.
std::optional<Findings> try_fields(const Search& search, const std::vector<Field>& fields, Mask masks) {
  for (int count = 0; count <= std::popcount(masks); ++count) {
    for (Mask mask = 0; mask <= masks; ++mask) {
      const bool is_subset = (mask & ~masks) == 0 && std::popcount(mask) == count;
      if (is_subset && is_match(search, fields, mask)) return findings_of(mask);
    }
  }
  return std::nullopt;
}

// Tries one key more or less: `field`, which is the one at `i` of the named ones, or none of them.
std::optional<Findings> try_key(const Search& search, std::size_t i, const Field& field) {
  const bool is_named = i < search.named.size();
  std::vector<Field> fields = search.named;
  if (is_named) {
    fields.erase(fields.begin() + static_cast<std::ptrdiff_t>(i));
  } else {
    fields.push_back(field);
  }
  auto findings = try_fields(search, fields, kWriting);
  const auto reason = is_named ? SignatureReason::kUnhashedKey : SignatureReason::kUnnamedKey;
  if (findings) findings->push_back({reason, field.key});
  return findings;
}

Findings find_explanation(const Search& search) {
  if (auto found = try_fields(search, search.named, kAll)) return std::move(*found);
  for (const Field& field : search.unnamed) {
    if (auto found = try_key(search, search.named.size(), field)) return std::move(*found);
  }
  for (std::size_t i = 0; i < search.named.size(); ++i) {
    if (auto found = try_key(search, i, search.named[i])) return std::move(*found);
  }
  return Findings(1, {SignatureReason::kUnexplained, {}});
}

bool is_reserved(std::string_view key) noexcept { return key == "secret" || key == "signature"; }

// Precondition: verify_signature has accepted the form of everything, so that each key has its field.
Search make_search(std::span<const Field> fields, const std::vector<std::string_view>& keys) {
  Search search;
  for (const std::string_view key : keys) {
    search.named.push_back(
        *std::find_if(fields.begin(), fields.end(), [key](const Field& f) { return f.key == key; }));
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
  if (verified) return Findings(1, {SignatureReason::kHolds, {}});
  if (verified.error().code != Errc::kSignatureMismatch) return verified.error();
  if (fields.size() > kMaxFields) return Error{Errc::kTooMany, "fields"};
  if (length_of(fields) > kMaxReportLength) return Error{Errc::kTooLong, "fields"};
  Search search = make_search(fields, *parse_signed_keys(signed_keys));
  search.secret_key = secret_key;
  search.digest = *hex_decode(signature);
  return find_explanation(search);
}

}  // namespace refedge
