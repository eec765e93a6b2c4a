// HMAC-SHA256 under one key, many times. Private to src/core.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/crypto/crypto.h"

namespace refedge::crypto {

// SHA-256's state after the inner and after the outer padded key: half of a short message's work, done once.
// As secret as the key.
using HmacSha256State = std::array<std::uint32_t, 16>;

// prepare_hmac_sha256 starts both hashes with a `key` of at most 64 bytes.
[[nodiscard]] HmacSha256State prepare_hmac_sha256(std::string_view key) noexcept;

// hmac_sha256 gives what hmac_sha256(key, data) does. It allocates nothing.
[[nodiscard]] Sha256Digest hmac_sha256(const HmacSha256State& state, std::string_view data) noexcept;

}  // namespace refedge::crypto
