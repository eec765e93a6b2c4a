#include "origin/outbound/address_policy.h"

#include <gtest/gtest.h>

#include <array>
#include <boost/asio/ip/address.hpp>

namespace refedge::origin {
namespace {

boost::asio::ip::tcp::endpoint at(const char* address, std::uint16_t port = 443) {
  return {boost::asio::ip::make_address(address), port};
}

TEST(AddressPolicy, RefusesWhatIsNotPublic) {
  const std::array<const char*, 40> refused = {
      "0.0.0.0",
      "0.255.255.255",
      "10.0.0.1",
      "10.255.255.255",
      "100.64.0.0",
      "100.127.255.255",
      "127.0.0.1",
      "127.255.255.255",
      "169.254.0.1",
      "169.254.169.254",
      "172.16.0.0",
      "172.31.255.255",
      "192.0.0.8",
      "192.0.2.1",
      "192.88.99.1",
      "192.168.0.1",
      "192.168.255.1",
      "198.18.0.1",
      "198.19.255.255",
      "198.51.100.7",
      "203.0.113.9",
      "224.0.0.1",
      "240.0.0.1",
      "255.255.255.255",
      "::",
      "::1",
      "fe80::1",
      "febf::1",
      "fc00::1",
      "fdff::1",
      "ff02::1",
      "::ffff:127.0.0.1",
      "::ffff:10.0.0.1",
      "::ffff:169.254.169.254",
      "64:ff9b::127.0.0.1",
      "64:ff9b::a00:1",
      "2002:7f00:1::",
      "2001::1",
      "2001:db8::1",
      "fd00:ec2::254",
  };
  for (const char* address : refused) EXPECT_FALSE(AddressPolicy().allows(at(address))) << address;
}

TEST(AddressPolicy, AllowsPublicAddressesBesideTheRefusedNetworks) {
  const std::array<const char*, 19> allowed = {
      "1.1.1.1",         "9.255.255.255",   "11.0.0.0",        "100.63.255.255",   "100.128.0.0",
      "126.255.255.255", "128.0.0.1",       "169.253.255.255", "169.255.0.0",      "172.15.255.255",
      "172.32.0.0",      "192.167.255.255", "192.169.0.0",     "198.17.255.255",   "223.255.255.255",
      "2606:4700::1",    "2a00:1450::1",    "::ffff:8.8.8.8",  "64:ff9b::808:808",
  };
  for (const char* address : allowed) EXPECT_TRUE(AddressPolicy().allows(at(address))) << address;
}

TEST(AddressPolicy, AllowsExactlyWhatIsListed) {
  const AddressPolicy policy({at("127.0.0.1", 8082), at("::1", 8082)});
  EXPECT_TRUE(policy.allows(at("127.0.0.1", 8082)));
  EXPECT_TRUE(policy.allows(at("::1", 8082)));
  EXPECT_FALSE(policy.allows(at("127.0.0.1", 8083)));
  EXPECT_FALSE(policy.allows(at("127.0.0.2", 8082)));
  EXPECT_FALSE(policy.allows(at("::ffff:127.0.0.1", 8082)));
}

TEST(ParseEndpoint, ReadsAddressesAlone) {
  EXPECT_EQ(parse_endpoint("127.0.0.1:80"), at("127.0.0.1", 80));
  EXPECT_EQ(parse_endpoint("[::1]:65535"), at("::1", 65535));
  for (const char* bad : {"", "127.0.0.1", "localhost:80", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
                          "::1:80", "127.0.0.1:80x", "[127.0.0.1]:80", ":80"}) {
    EXPECT_FALSE(parse_endpoint(bad)) << bad;
  }
}

}  // namespace
}  // namespace refedge::origin
