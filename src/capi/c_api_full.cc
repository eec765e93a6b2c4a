// The operations of c_api.h that carry a key, and those that only servers need.
#include <algorithm>
#include <array>

#include "capi/operation.h"
#include "refedge/c_api.h"
#include "refedge/click_id.h"
#include "refedge/metadata.h"
#include "refedge/share_code.h"
#include "refedge/signature.h"

namespace refedge::capi {
namespace {

constexpr std::int64_t kMaxUnixMs = (1LL << 48) - 1;

Result<std::string> run_build_signature(Fields fields) {
  const auto object = read_object_fields(fields.subspan(2));
  if (!object) return object.error();
  return build_signature(*object, fields[1], fields[0]);
}

Result<std::string> run_verify_signature(Fields fields) {
  const auto object = read_object_fields(fields.subspan(3));
  if (!object) return object.error();
  const auto verified = verify_signature(*object, fields[1], fields[2], fields[0]);
  if (!verified) return verified.error();
  return std::string();
}

Result<CookieKey> read_cookie_key(std::string_view id, std::string_view key) {
  if (id.size() != 1) return {Errc::kInvalidKey, "cookie_key"};
  return CookieKey{id.front(), key};
}

Result<std::string> run_sign_cookie(Fields fields) {
  const auto key = read_cookie_key(fields[0], fields[1]);
  if (!key) return key.error();
  const auto cookie = read_cookie(fields.subspan(2));
  if (!cookie) return cookie.error();
  return sign_cookie(*cookie, *key);
}

Result<std::string> run_verify_cookie(Fields fields) {
  std::vector<CookieKey> keys;
  for (std::size_t i = 1; i + 1 < fields.size(); i += 2) {
    const auto key = read_cookie_key(fields[i], fields[i + 1]);
    if (!key) return key.error();
    keys.push_back(*key);
  }
  const auto cookie = verify_cookie(fields[0], keys);
  if (!cookie) return cookie.error();
  return write_cookie(*cookie);
}

// The host's random bytes, which must be exactly as many as are asked for.
template <std::size_t N>
Result<std::array<std::uint8_t, N>> read_random(std::string_view bytes) {
  if (bytes.size() != N) return {Errc::kInvalidField, "random"};
  std::array<std::uint8_t, N> random;
  std::transform(bytes.begin(), bytes.end(), random.begin(),
                 [](char c) { return static_cast<std::uint8_t>(c); });
  return random;
}

Result<std::string> run_make_share_code(Fields fields) {
  const auto random = read_random<8>(fields[0]);
  if (!random) return random.error();
  return make_share_code(*random);
}

Result<std::string> run_make_click_id(Fields fields) {
  const auto unix_ms = read_number(fields[0], "unix_ms", kMaxUnixMs);
  if (!unix_ms) return unix_ms.error();
  const auto random = read_random<10>(fields[1]);
  if (!random) return random.error();
  return make_click_id(static_cast<std::uint64_t>(*unix_ms), *random);
}

}  // namespace

REFEDGE_OPERATION(build_signature, 2, 3, run_build_signature)
REFEDGE_OPERATION(verify_signature, 3, 3, run_verify_signature)
REFEDGE_OPERATION(encrypt_metadata, 2, 0,
                  [](Fields fields) { return refedge::encrypt_metadata(fields[1], fields[0]); })
REFEDGE_OPERATION(decrypt_metadata, 2, 0,
                  [](Fields fields) { return refedge::decrypt_metadata(fields[1], fields[0]); })
REFEDGE_OPERATION(sign_cookie, 5, 0, run_sign_cookie)
REFEDGE_OPERATION(verify_cookie, 1, 2, run_verify_cookie)
REFEDGE_OPERATION(make_share_code, 1, 0, run_make_share_code)
REFEDGE_OPERATION(make_click_id, 2, 0, run_make_click_id)

}  // namespace refedge::capi
