#include "refedge/base64.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

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

class Decoder {
 public:
  explicit Decoder(std::size_t text_length) : out_(text_length / 4 * 3 + 3, '\0'), to_(out_.data()) {}

  // Takes digits by fours off the front of `text` as far as there are any, when a group starts here. The
  // write position is kept in a variable: it could alias what is written.
  void take_groups(std::string_view& text) noexcept {
    if (num_digits_ % 4 != 0 || num_padding_ != 0) return;
    char* to = to_;
    for (; text.size() >= 4; text.remove_prefix(4), to += 3) {
      const std::uint32_t a = value_at(text, 0), b = value_at(text, 1), c = value_at(text, 2),
                          d = value_at(text, 3);
      if ((a | b | c | d) > 63) break;
      const std::uint32_t group = a << 18 | b << 12 | c << 6 | d;
      to[0] = static_cast<char>(group >> 16);
      to[1] = static_cast<char>(group >> 8 & 0xFF);
      to[2] = static_cast<char>(group & 0xFF);
    }
    to_ = to;
  }

  // Takes one character of any kind; false for one that may not stand here.
  bool take(char c) noexcept {
    const std::uint8_t value = kValues[static_cast<unsigned char>(c)];
    if (value == kSkipped) return true;
    if (value == kPadding) return ++num_padding_ <= 2;
    if (value == kInvalid || num_padding_ != 0) return false;
    bits_ = bits_ << 6 | value;
    const std::size_t place = num_digits_++ % 4;
    if (place != 0) *to_++ = static_cast<char>(bits_ >> (6 - 2 * place) & 0xFF);
    return true;
  }

  // What the padding and the bits left over must be once all characters are taken.
  [[nodiscard]] bool is_complete() const noexcept {
    const std::size_t partial = num_digits_ % 4;
    const std::uint32_t left_over = bits_ & ((1U << (partial * 6 % 8)) - 1);
    if (partial == 1 || left_over != 0) return false;
    return num_padding_ == 0 || (partial != 0 && partial + num_padding_ == 4);
  }

  [[nodiscard]] std::string finish() {
    out_.resize(static_cast<std::size_t>(to_ - out_.data()));
    return std::move(out_);
  }

 private:
  static std::uint32_t value_at(std::string_view text, std::size_t i) noexcept {
    return kValues[static_cast<unsigned char>(text[i])];
  }

  std::string out_;
  char* to_;
  std::uint32_t bits_ = 0;
  std::size_t num_digits_ = 0;  // of those taken one by one; groups do not change it modulo 4
  std::size_t num_padding_ = 0;
};

}  // namespace

std::string base64_encode(std::string_view bytes) { return encode(bytes, kStandard, true); }

std::string base64url_encode(std::string_view bytes) { return encode(bytes, kUrlSafe, false); }

Result<std::string> base64_decode(std::string_view text) {
  Decoder decoder(text.size());
  while (true) {
    decoder.take_groups(text);
    if (text.empty()) break;
    if (!decoder.take(text.front())) return Errc::kInvalidBase64;
    text.remove_prefix(1);
  }
  if (!decoder.is_complete()) return Errc::kInvalidBase64;
  return decoder.finish();
}

}  // namespace refedge
