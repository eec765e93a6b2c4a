#include "refedge/base64.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/ascii.h"

namespace refedge {
namespace {

constexpr char kStandard[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr char kUrlSafe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::uint8_t kSkipped = 0xFD;
constexpr std::uint8_t kPadding = 0xFE;
constexpr std::uint8_t kInvalid = 0xFF;

// The value of every character: 0 to 63 in either alphabet, or one of the marks above.
constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  for (auto& value : values) value = kInvalid;
  for (std::uint8_t i = 0; i < 64; ++i) {
    values[static_cast<unsigned char>(kStandard[i])] = i;
    values[static_cast<unsigned char>(kUrlSafe[i])] = i;
  }
  for (const char c : {'\r', '\n', '\t', ' '}) values[static_cast<unsigned char>(c)] = kSkipped;
  values[static_cast<unsigned char>('=')] = kPadding;
  return values;
}

constexpr auto kValues = make_values();

std::uint32_t byte_at(std::string_view bytes, std::size_t i) noexcept {
  return static_cast<std::uint8_t>(bytes[i]);
}

// Writes the `num_digits` highest base-64 digits of the 24-bit `group`.
char* write_digits(char* out, std::uint32_t group, const char* alphabet, unsigned num_digits) noexcept {
  for (unsigned k = 0; k < num_digits; ++k) *out++ = alphabet[(group >> (18 - 6 * k)) & 0x3F];
  return out;
}

std::string encode(std::string_view bytes, const char* alphabet, bool padded) {
  const std::size_t rest = bytes.size() % 3;
  const std::size_t whole = bytes.size() - rest;
  const std::size_t last = rest == 0 ? 0 : (padded ? 4 : rest + 1);
  std::string out(whole / 3 * 4 + last, '=');
  char* to = out.data();
  for (std::size_t i = 0; i < whole; i += 3) {
    to = write_digits(to, byte_at(bytes, i) << 16 | byte_at(bytes, i + 1) << 8 | byte_at(bytes, i + 2), alphabet, 4);
  }
  if (rest == 1) write_digits(to, byte_at(bytes, whole) << 16, alphabet, 2);
  if (rest == 2) write_digits(to, byte_at(bytes, whole) << 16 | byte_at(bytes, whole + 1) << 8, alphabet, 3);
  return out;
}

// What the padding and the bits left over must be once all characters are read.
bool is_complete(std::size_t num_digits, std::size_t num_padding, std::uint32_t left_over) noexcept {
  const std::size_t partial = num_digits % 4;
  if (partial == 1 || left_over != 0) return false;
  return num_padding == 0 || (partial != 0 && partial + num_padding == 4);
}

}  // namespace

std::string base64_encode(std::string_view bytes) { return encode(bytes, kStandard, true); }

std::string base64url_encode(std::string_view bytes) { return encode(bytes, kUrlSafe, false); }

Result<std::string> base64_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  std::size_t num_digits = 0;
  std::size_t num_padding = 0;
  for (const char c : text) {
    const std::uint8_t value = kValues[static_cast<unsigned char>(c)];
    if (value == kSkipped) continue;
    if (value == kPadding) {
      ++num_padding;
      continue;
    }
    if (value == kInvalid || num_padding != 0) return Errc::kInvalidBase64;
    bits = bits << 6 | value;
    if (num_digits++ % 4 != 0) out += static_cast<char>(bits >> (6 - 2 * ((num_digits - 1) % 4)) & 0xFF);
  }
  const std::uint32_t left_over = bits & ((1U << (num_digits * 6 % 8)) - 1);
  if (!is_complete(num_digits, num_padding, left_over)) return Errc::kInvalidBase64;
  return out;
}

}  // namespace refedge
