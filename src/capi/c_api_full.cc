// The operations of c_api.h that carry a key, and those that only servers need.
#include <array>

#include "capi/operation.h"
#include "refedge/c_api.h"
#include "refedge/click_id.h"
#include "refedge/hash.h"
#include "refedge/metadata.h"
#include "refedge/share_code.h"
#include "refedge/signature.h"

namespace refedge::capi {
namespace {

constexpr std::int64_t kMaxUnixMs = (1LL << 48) - 1;

void run_build_signature(Call& call) {
  const auto object = call.object(2);
  if (!call.has_failed()) call.answer(build_signature(object, call[1], call[0]));
}

void run_verify_signature(Call& call) {
  const auto object = call.object(3);
  if (!call.has_failed()) call.check(verify_signature(object, call[1], call[2], call[0]));
}

void run_sign_cookie(Call& call) {
  if (call[0].size() != 1) call.fail(Errc::kInvalidKey, "cookie_key");
  const ReferralCookie cookie = call.cookie(2);
  if (!call.has_failed()) call.answer(sign_cookie(cookie, {call[0].front(), call[1]}));
}

void run_verify_cookie(Call& call) {
  const auto keys = call.cookie_keys(1);
  if (call.has_failed()) return;
  const auto cookie = verify_cookie(call[0], keys);
  if (call.check(cookie)) call.put_cookie(*cookie);
}

// The host's random bytes, which must be exactly as many as are asked for.
template <std::size_t N>
std::array<std::uint8_t, N> read_random(Call& call, std::size_t i) {
  std::array<std::uint8_t, N> random{};
  if (call[i].size() != N) {
    call.fail(Errc::kInvalidField, "random");
  } else {
    call[i].copy(reinterpret_cast<char*>(random.data()), N);
  }
  return random;
}

void run_make_share_code(Call& call) {
  const auto random = read_random<8>(call, 0);
  if (!call.has_failed()) call.answer_text(make_share_code(random));
}

void run_make_click_id(Call& call) {
  const auto unix_ms = static_cast<std::uint64_t>(call.number(0, "unix_ms", kMaxUnixMs));
  const auto random = read_random<10>(call, 1);
  if (!call.has_failed()) call.answer_text(make_click_id(unix_ms, random));
}

}  // namespace

REFEDGE_OPERATION(hash_sha256, 1, 0, [](Call& call) { call.answer_text(refedge::hash_sha256(call[0])); })
REFEDGE_OPERATION(build_signature, 2, 3, run_build_signature)
REFEDGE_OPERATION(verify_signature, 3, 3, run_verify_signature)
REFEDGE_OPERATION(encrypt_metadata, 2, 0,
                  [](Call& call) { call.answer(refedge::encrypt_metadata(call[1], call[0])); })
REFEDGE_OPERATION(decrypt_metadata, 2, 0,
                  [](Call& call) { call.answer(refedge::decrypt_metadata(call[1], call[0])); })
REFEDGE_OPERATION(sign_cookie, 5, 0, run_sign_cookie)
REFEDGE_OPERATION(verify_cookie, 1, 2, run_verify_cookie)
REFEDGE_OPERATION(make_share_code, 1, 0, run_make_share_code)
REFEDGE_OPERATION(make_click_id, 2, 0, run_make_click_id)

}  // namespace refedge::capi
