// The doctor's parts that a shop on loopback cannot show.
#include <gtest/gtest.h>

#include <boost/asio/ip/address.hpp>
#include <string>
#include <vector>

#include "cli/doctor/fetch.h"
#include "cli/doctor/integrity.h"
#include "cli/doctor/page.h"
#include "cli/doctor/policy.h"
#include "cli/doctor/snippet.h"
#include "cli/doctor/tokens.h"
#include "cli/doctor/url.h"

namespace refedge::cli::doctor {
namespace {

boost::asio::ip::tcp::endpoint at(const char* address) {
  return {boost::asio::ip::make_address(address), 443};
}

TEST(DoctorAddressGuard, LetsAPageOnThisMachineNameAnything) {
  AddressGuard guard;
  EXPECT_TRUE(guard.admits(at("127.0.0.1")));
  EXPECT_TRUE(guard.admits(at("10.0.0.1")));
  EXPECT_TRUE(guard.admits(at("93.184.216.34")));
  EXPECT_TRUE(guard.admits(at("::1")));
  EXPECT_FALSE(guard.has_refused());
}

TEST(DoctorAddressGuard, KeepsAPublicPageFromPrivateNetworks) {
  AddressGuard guard;
  EXPECT_TRUE(guard.admits(at("93.184.216.34")));
  for (const char* address :
       {"127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fe80::1", "::ffff:10.0.0.1"}) {
    EXPECT_FALSE(guard.admits(at(address))) << address;
  }
  EXPECT_TRUE(guard.has_refused());
  EXPECT_TRUE(guard.admits(at("2606:2800:220:1::1")));
}

Url url(const std::string& text) { return parse_url(text).value(); }

TEST(DoctorUrl, ReadsWhatIsOfTheWebAlone) {
  EXPECT_EQ(url("HTTPS://WWW.Shop.com/a?b#c").text, "https://WWW.Shop.com/a?b");
  EXPECT_EQ(url("HTTPS://WWW.Shop.com/a?b#c").host, "www.shop.com");
  EXPECT_EQ(url("https://shop.com:8443/").origin(), "https://shop.com:8443");
  EXPECT_EQ(url("http://shop.com:80/").origin(), "http://shop.com");
  EXPECT_EQ(resolve_url(url("https://shop.com/a/b"), "//bp.shop.com/x").value().text,
            "https://bp.shop.com/x");
  EXPECT_EQ(resolve_url(url("https://shop.com/a/b"), "../c d").value().text, "https://shop.com/c%20d");
  for (const char* text :
       {"", "shop.com", "file:///etc/passwd", "data:text/html,x", "https://a:b@shop.com/", "https://"}) {
    EXPECT_FALSE(parse_url(text)) << text;
  }
  EXPECT_FALSE(parse_url(std::string("https://shop.com/\0x", 19)));
}

struct Source {
  const char* policy;
  const char* url;
  bool is_allowed;
};

// https://www.w3.org/TR/CSP3/#match-url-to-source-list, for a page of https://www.shop.com.
constexpr Source kSources[] = {
    {"connect-src *", "https://x.com/", true},
    {"connect-src 'none'", "https://x.com/", false},
    {"connect-src", "https://x.com/", false},
    {"CONNECT-SRC HTTPS:", "https://x.com/", true},
    {"connect-src http:", "https://x.com/", true},
    {"connect-src https:", "http://x.com/", false},
    {"connect-src 'SELF'", "https://www.shop.com/a", true},
    {"connect-src 'self'", "https://bp.shop.com/", false},
    {"connect-src bp.shop.com", "https://bp.shop.com/track", true},
    {"connect-src BP.Shop.com", "https://bp.shop.com/track", true},
    {"connect-src bp.shop.com", "http://bp.shop.com/track", false},
    {"connect-src http://bp.shop.com", "https://bp.shop.com/track", true},
    {"connect-src *.shop.com", "https://bp.shop.com/", true},
    {"connect-src *.shop.com", "https://shop.com/", false},
    {"connect-src *.shop.com", "https://evilshop.com/", false},
    {"connect-src bp.shop.com:8443", "https://bp.shop.com/", false},
    {"connect-src bp.shop.com:*", "https://bp.shop.com:8443/", true},
    {"connect-src bp.shop.com", "https://bp.shop.com:8443/", false},
    {"connect-src bp.shop.com:80", "https://bp.shop.com/", true},
    {"connect-src bp.shop.com/api/", "https://bp.shop.com/api/x", true},
    {"connect-src bp.shop.com/api", "https://bp.shop.com/api/x", false},
    {"connect-src bp.shop.com/api", "https://bp.shop.com/api", true},
    {"default-src 'self'", "https://x.com/", false},
    {"default-src 'none'; connect-src x.com", "https://x.com/", true},
    {"connect-src x.com; connect-src 'none'", "https://x.com/", true},
    {"img-src 'none'", "https://x.com/", true},
    {"", "https://x.com/", true},
    {" ;; ;", "https://x.com/", true},
    {"connect-src [::1]:8080", "https://[::1]:8080/", true},
};

TEST(DoctorPolicy, MatchesSourcesAsBrowsersDo) {
  for (const Source& source : kSources) {
    const ContentPolicy policy(source.policy, url("https://www.shop.com/"));
    EXPECT_EQ(policy.allows_connection(url(source.url)), source.is_allowed)
        << source.policy << ' ' << source.url;
  }
}

TEST(DoctorPolicy, FallsBackFromOneDirectiveToTheNext) {
  const auto policy = [](const char* text) { return ContentPolicy(text, url("https://www.shop.com/")); };
  const Url market = url("https://bp.shop.com/");
  EXPECT_FALSE(policy("child-src 'none'").allows_frame(market));
  EXPECT_TRUE(policy("child-src 'none'; frame-src bp.shop.com").allows_frame(market));
  EXPECT_TRUE(policy("script-src 'none'; script-src-elem bp.shop.com").allows_script({}, market));
  EXPECT_FALSE(policy("default-src 'self'").allows_wasm());
  EXPECT_TRUE(policy("default-src 'self'; script-src 'wasm-unsafe-eval'").allows_wasm());
  EXPECT_TRUE(policy("default-src 'none'").allows_ancestor(market));
  EXPECT_FALSE(policy("frame-ancestors 'none'").allows_ancestor(market));
}

TEST(DoctorPolicy, HoldsInlineScriptsToNonceAndHash) {
  const auto allows = [](const std::string& policy, const Script& script) {
    return ContentPolicy(policy, url("https://www.shop.com/")).allows_inline(script);
  };
  Script script;
  script.text = "alert(1)";
  EXPECT_TRUE(allows("script-src 'unsafe-inline'", script));
  EXPECT_FALSE(allows("script-src 'self'", script));
  EXPECT_FALSE(allows("script-src 'unsafe-inline' 'nonce-x'", script));
  for (const std::string& hash : integrity_hashes(script.text))
    EXPECT_TRUE(allows("script-src '" + hash + "'", script));
  script.nonce = "x";
  EXPECT_TRUE(allows("script-src 'nonce-x'", script));
  EXPECT_FALSE(allows("script-src 'nonce-X'", script));
  EXPECT_EQ(read_policies("script-src a, script-src b,", url("https://www.shop.com/")).size(), 2U);
}

// RFC 6234's "abc".
TEST(DoctorIntegrity, TakesTheStrongestHash) {
  const auto [sha256, sha384, sha512] = integrity_hashes("abc");
  EXPECT_EQ(sha256, "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  EXPECT_EQ(sha384, "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn");
  EXPECT_TRUE(fits_integrity("abc", sha256));
  EXPECT_TRUE(fits_integrity("abc", " sha512-x\t" + sha512 + "?option "));
  EXPECT_FALSE(fits_integrity("abc", sha256 + " sha512-x")) << "the weaker one does not count";
  EXPECT_FALSE(fits_integrity("abc", "sha384-x"));
  EXPECT_TRUE(fits_integrity("abc", "")) << "nothing is asked";
  EXPECT_TRUE(fits_integrity("abc", "md5-x"));
}

std::string joined(std::string_view script) {
  std::string text;
  for (const Token& token : read_tokens(script))
    text += (token.kind == Token::Kind::kString ? "'" : "") + token.text + '|';
  return text;
}

TEST(DoctorTokens, SplitJavaScript) {
  EXPECT_EQ(joined("a.b({\"c\": 'd\\'e', $f: 1.5})//x\n/* y */g"), "a|.|b|(|{|'c|:|'d'e|,|$f|:|1|.|5|}|)|g|");
  EXPECT_EQ(joined("'open\nb"), "'open|b|");
  EXPECT_EQ(joined("`two\nlines`"), "'two\nlines|");
  EXPECT_EQ(joined("/* never closed"), "");
  EXPECT_EQ(joined("'\\"), "'\\|");
  EXPECT_EQ(joined(""), "");
}

TEST(DoctorPage, ReadsWhatIsBroken) {
  EXPECT_TRUE(read_page("").scripts.empty());
  const Page page = read_page(
      "<script>if (a < b) x('</p>')</script><SCRIPT SRC=x.js ASYNC><p id=a id=b style='DISPLAY : "
      "none'><script>open");
  ASSERT_EQ(page.scripts.size(), 2U) << "the second one swallows what follows it";
  EXPECT_EQ(page.scripts[0].text, "if (a < b) x('</p>')");
  EXPECT_TRUE(page.scripts[1].has_src && page.scripts[1].is_late);
  const Page other = read_page("<p id=a id=b style='DISPLAY : none'><script>open");
  ASSERT_EQ(other.elements.size(), 1U);
  EXPECT_EQ(other.elements[0].id, "a");
  EXPECT_TRUE(other.elements[0].is_hidden);
  EXPECT_EQ(other.scripts.at(0).text, "open");
}

}  // namespace
}  // namespace refedge::cli::doctor
