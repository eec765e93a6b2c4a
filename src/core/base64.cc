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
  const auto* p = reinterpret_cast<const std::uint8_t*>(bytes.data());
  for (const std::uint8_t* const end = p + whole; p != end; p += 3, to += 4) {
    const std::uint32_t group =
        static_cast<std::uint32_t>(p[0]) << 16 | static_cast<std::uint32_t>(p[1]) << 8 | p[2];
    to[0] = alphabet[group >> 18];
    to[1] = alphabet[group >> 12 & 0x3F];
    to[2] = alphabet[group >> 6 & 0x3F];
    to[3] = alphabet[group & 0x3F];
  }
  if (rest == 1) write_digits(to, byte_at(bytes, whole) << 16, alphabet, 2);
  if (rest == 2) write_digits(to, byte_at(bytes, whole) << 16 | byte_at(bytes, whole + 1) << 8, alphabet, 3);
  return out;
}

std::uint32_t value_of(char c) noexcept { return kValues[static_cast<unsigned char>(c)]; }

// Decodes digits by fours as far as there are any; both pointers move.
void decode_groups(const char*& from, const char* end, char*& to) noexcept {
  for (; end - from >= 4; from += 4) {
    const std::uint32_t a = value_of(from[0]), b = value_of(from[1]), c = value_of(from[2]),
                        d = value_of(from[3]);
    if ((a | b | c | d) > 63) return;
    const std::uint32_t group = a << 18 | b << 12 | c << 6 | d;
    *to++ = static_cast<char>(group >> 16);
    *to++ = static_cast<char>(group >> 8 & 0xFF);
    *to++ = static_cast<char>(group & 0xFF);
  }
}

// Whether padding and the bits left over are what an encoder makes.
bool is_complete(std::size_t partial, std::size_t num_padding, std::uint32_t bits) noexcept {
  if (partial == 1 || (bits & ((1U << (partial * 6 % 8)) - 1)) != 0) return false;
  return num_padding == 0 || (partial != 0 && partial + num_padding == 4);
}

}  // namespace

std::string base64_encode(std::string_view bytes) { return encode(bytes, kStandard, true); }

std::string base64url_encode(std::string_view bytes) { return encode(bytes, kUrlSafe, false); }

Result<std::string> base64_decode(std::string_view text) {
  std::string out(text.size() / 4 * 3 + 3, '\0');
  char* to = out.data();
  std::uint32_t bits = 0;
  std::size_t num_digits = 0;  // of those taken one by one; groups do not change it modulo 4
  std::size_t num_padding = 0;
  const char* const end = text.data() + text.size();
  for (const char* from = text.data();;) {
    if (num_digits % 4 == 0 && num_padding == 0) decode_groups(from, end, to);
    if (from == end) break;
    const std::uint32_t value = value_of(*from++);
    if (value == kSkipped) continue;
    if (value == kPadding && ++num_padding <= 2) continue;
    if (value > 63 || num_padding != 0) return Errc::kInvalidBase64;
    bits = bits << 6 | value;
    const std::size_t place = num_digits++ % 4;
    if (place != 0) *to++ = static_cast<char>(bits >> (6 - 2 * place) & 0xFF);
  }
  if (!is_complete(num_digits % 4, num_padding, bits)) return Errc::kInvalidBase64;
  out.resize(static_cast<std::size_t>(to - out.data()));
  return out;
}

}  // namespace refedge
