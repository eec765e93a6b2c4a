// AES-256 in ECB mode: by lanes where there are some, by tables elsewhere.
#include <cassert>

#include "core/crypto/padding.h"
#include "core/crypto/portable/aes.h"
#include "core/crypto/portable/lanes.h"
#include "core/crypto/portable/portable.h"

namespace refedge::crypto::portable {
namespace {

constexpr auto encrypt_blocks = kHasLanes ? encrypt_by_lanes : encrypt_by_tables;
constexpr auto decrypt_blocks = kHasLanes ? decrypt_by_lanes : decrypt_by_tables;

}  // namespace

std::string aes256_ecb_encrypt(std::string_view plain, std::string_view key) {
  assert(key.size() == kAes256KeyLength);
  Word keys[kNumRoundWords];
  expand_key(keys, key);
  std::string text = pad(plain);
  encrypt_blocks(keys, text);
  return text;
}

std::optional<std::string> aes256_ecb_decrypt(std::string_view cipher, std::string_view key) {
  assert(key.size() == kAes256KeyLength);
  if (!is_whole_blocks(cipher)) return std::nullopt;
  Word keys[kNumRoundWords];
  expand_key(keys, key);
  std::string text(cipher);
  decrypt_blocks(keys, text);
  const std::size_t padding = padding_length(text);
  if (padding == 0) return std::nullopt;
  text.resize(text.size() - padding);
  return text;
}

}  // namespace refedge::crypto::portable
