#include "refedge/share_code.h"

#include <cstddef>

#include "core/ascii.h"
#include "refedge/limits.h"

namespace refedge {
namespace {

constexpr std::string_view kCrockford = "0123456789abcdefghjkmnpqrstvwxyz";

}  // namespace

bool is_share_code(std::string_view text) noexcept {
  return !text.empty() && text.size() <= kMaxShareCodeLength && all_of(text, is_url_safe);
}

std::string make_share_code(const std::array<std::uint8_t, 8>& random) {
  std::uint64_t bits = 0;
  for (const std::uint8_t byte : random) bits = bits << 8 | byte;
  std::string code(kShareCodeLength, '0');
  for (std::size_t i = kShareCodeLength; i-- > 0; bits >>= 5) code[i] = kCrockford[bits & 0x1F];
  return code;
}

}  // namespace refedge
