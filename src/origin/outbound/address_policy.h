// Which addresses the origin may call. A webhook's URL is somebody's input: it must not lead to what only
// this machine or its network can reach. Spec: docs/protocol.md#webhook-referral-confirmed.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <optional>
#include <string>
#include <vector>

namespace refedge::origin {

class AddressPolicy {
 public:
  AddressPolicy() = default;
  // `allowed` are the endpoints that the operator lists, exactly as they are called.
  explicit AddressPolicy(std::vector<boost::asio::ip::tcp::endpoint> allowed)
      : allowed_(std::move(allowed)) {}

  // allows tells whether `endpoint` may be called: it is listed, or a public unicast address. Loopback,
  // private, link-local (cloud metadata, too), shared (CGNAT), unique local, documentation, benchmarking,
  // multicast and reserved addresses are not public; nor is an IPv6 address that carries such an IPv4
  // address (mapped, NAT64, 6to4) or hides where it leads (Teredo).
  [[nodiscard]] bool allows(const boost::asio::ip::tcp::endpoint& endpoint) const;

 private:
  std::vector<boost::asio::ip::tcp::endpoint> allowed_;
};

// parse_endpoint reads `<address>:<port>`, an IPv6 address in brackets. nullopt for anything else: a name
// would have to be resolved, and may point elsewhere tomorrow.
[[nodiscard]] std::optional<boost::asio::ip::tcp::endpoint> parse_endpoint(const std::string& text);

}  // namespace refedge::origin
