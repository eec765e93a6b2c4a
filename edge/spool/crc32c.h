// CRC-32C (Castagnoli), the checksum of spool records. Spec: RFC 3720 appendix B.4, docs/protocol.md#spool.
#pragma once

#include <cstdint>
#include <string_view>

namespace refedge::edge {

// crc32c gives the checksum of `bytes`, by the processor's instruction where it has one.
// Example: "123456789" -> 0xE3069283.
[[nodiscard]] std::uint32_t crc32c(std::string_view bytes) noexcept;

// crc32c_portable is the same by table, for processors without the instruction.
[[nodiscard]] std::uint32_t crc32c_portable(std::string_view bytes) noexcept;

}  // namespace refedge::edge
