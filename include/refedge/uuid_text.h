// UUIDs as text, without an allocation, for a redirect: click ids and market ids.
#pragma once

#include <array>
#include <cstdint>

namespace refedge {

using UuidText = std::array<char, 36>;

// format_uuid writes the 36 lower-case characters of a UUID's 16 bytes. Never fails. Spec: RFC 9562 section 4.
[[nodiscard]] UuidText format_uuid(const std::array<std::uint8_t, 16>& bytes) noexcept;

}  // namespace refedge
