#include "capi/record.h"

#include <cstddef>
#include <cstdint>

namespace refedge::capi {
namespace {

constexpr std::size_t kLengthBytes = 4;

std::size_t read_length(std::string_view bytes) noexcept {
  const auto byte = [&](std::size_t i) {
    return std::uint32_t{static_cast<std::uint8_t>(bytes[i])} << 8 * i;
  };
  return byte(0) | byte(1) | byte(2) | byte(3);
}

}  // namespace

std::optional<std::vector<std::string_view>> read_record(std::string_view record) {
  std::vector<std::string_view> fields;
  while (!record.empty()) {
    if (record.size() < kLengthBytes) return std::nullopt;
    const std::size_t length = read_length(record);
    record.remove_prefix(kLengthBytes);
    if (length > record.size()) return std::nullopt;
    fields.push_back(record.substr(0, length));
    record.remove_prefix(length);
  }
  return fields;
}

void append_record_field(std::string& record, std::string_view field) {
  auto length = static_cast<std::uint32_t>(field.size());
  for (std::size_t i = 0; i < kLengthBytes; ++i, length >>= 8) record += static_cast<char>(length & 0xFF);
  record += field;
}

}  // namespace refedge::capi
