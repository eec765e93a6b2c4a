#include "origin/outbound/address_policy.h"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <cstdint>

namespace refedge::origin {

namespace ip = boost::asio::ip;

namespace {

struct Network4 {
  std::uint32_t prefix;
  int length;
};

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return (a << 24) | (b << 16) | (c << 8) | d;
}

// IANA's registry of special-purpose IPv4 addresses (RFC 6890 and its followers).
constexpr std::array<Network4, 16> kNotPublic4 = {{
    {v4(0, 0, 0, 0), 8},
    {v4(10, 0, 0, 0), 8},
    {v4(100, 64, 0, 0), 10},
    {v4(127, 0, 0, 0), 8},
    {v4(169, 254, 0, 0), 16},
    {v4(172, 16, 0, 0), 12},
    {v4(192, 0, 0, 0), 24},
    {v4(192, 0, 2, 0), 24},
    {v4(192, 31, 196, 0), 24},
    {v4(192, 88, 99, 0), 24},
    {v4(192, 168, 0, 0), 16},
    {v4(198, 18, 0, 0), 15},
    {v4(198, 51, 100, 0), 24},
    {v4(203, 0, 113, 0), 24},
    {v4(224, 0, 0, 0), 4},
    {v4(240, 0, 0, 0), 4},
}};

bool is_public4(std::uint32_t address) {
  return std::none_of(kNotPublic4.begin(), kNotPublic4.end(), [&](const Network4& network) {
    return ((address ^ network.prefix) >> (32 - network.length)) == 0;
  });
}

using Bytes6 = ip::address_v6::bytes_type;

struct Network6 {
  std::array<std::uint8_t, 12> prefix;
  int length;
};

constexpr Network6 kMapped = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96};
constexpr Network6 kNat64 = {{0x00, 0x64, 0xff, 0x9b}, 96};
constexpr Network6 k6to4 = {{0x20, 0x02}, 16};
constexpr Network6 kGlobalUnicast = {{0x20}, 3};
constexpr std::array<Network6, 3> kNotPublic6 = {{
    {{0x20, 0x01, 0x00}, 23},        // IETF protocol assignments; Teredo is among them
    {{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    {{0x3f, 0xff, 0x00}, 20},        // documentation
}};

bool is_in(const Bytes6& address, const Network6& network) {
  for (int bit = 0; bit < network.length; ++bit) {
    const auto byte = static_cast<std::size_t>(bit / 8);
    if (((address[byte] ^ network.prefix[byte]) >> (7 - bit % 8) & 1) != 0) return false;
  }
  return true;
}

std::uint32_t v4_at(const Bytes6& address, std::size_t from) {
  return v4(address[from], address[from + 1], address[from + 2], address[from + 3]);
}

bool is_public6(const Bytes6& address) {
  if (is_in(address, kMapped) || is_in(address, kNat64)) return is_public4(v4_at(address, 12));
  if (is_in(address, k6to4)) return is_public4(v4_at(address, 2));
  if (!is_in(address, kGlobalUnicast)) return false;
  return std::none_of(kNotPublic6.begin(), kNotPublic6.end(),
                      [&](const Network6& network) { return is_in(address, network); });
}

bool is_public(const ip::address& address) {
  return address.is_v4() ? is_public4(address.to_v4().to_uint()) : is_public6(address.to_v6().to_bytes());
}

}  // namespace

bool AddressPolicy::allows(const ip::tcp::endpoint& endpoint) const {
  const bool is_listed = std::find(allowed_.begin(), allowed_.end(), endpoint) != allowed_.end();
  return is_listed || is_public(endpoint.address());
}

std::optional<ip::tcp::endpoint> parse_endpoint(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  std::string host = text.substr(0, colon);
  const bool is_bracketed = host.starts_with('[') && host.ends_with(']');
  if (is_bracketed) host = host.substr(1, host.size() - 2);
  std::uint16_t port = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data() + colon + 1, end, port);
  if (status != std::errc{} || stop != end) return std::nullopt;
  boost::system::error_code failure;
  const ip::address address = ip::make_address(host, failure);
  if (failure || address.is_v6() != is_bracketed) return std::nullopt;
  return ip::tcp::endpoint(address, port);
}

}  // namespace refedge::origin
