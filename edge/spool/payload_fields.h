// The fields that payloads of every kind are made of. Private to edge/spool. Spec: docs/protocol.md#spool.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace refedge::edge {

inline constexpr char kPayloadVersion = 1;

// put_field writes length and bytes at out[at] and gives the place behind them. Precondition: they fit.
[[nodiscard]] std::size_t put_field(std::span<char> out, std::size_t at, std::string_view field) noexcept;

// take_field takes the next field off `rest`; none when `rest` is too short.
[[nodiscard]] std::optional<std::string_view> take_field(std::string_view& rest) noexcept;

// The decimal text of a number, without an allocation.
class Decimal {
 public:
  explicit Decimal(std::uint64_t number) noexcept;
  [[nodiscard]] std::string_view text() const noexcept { return {digits_.data() + begin_, digits_.size() - begin_}; }

 private:
  std::array<char, 20> digits_;  // from begin_ on
  std::size_t begin_ = 20;
};

// read_decimal reads what Decimal writes, without a leading zero: one record has one payload.
[[nodiscard]] bool read_decimal(std::string_view text, std::uint64_t& number) noexcept;

}  // namespace refedge::edge
