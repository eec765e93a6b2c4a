// Destinations: whatever a visitor's query says, scheme, host, path, fragment and the link's code stay.
#include "refedge/destination.h"

#include <string>

#include "refedge/query.h"
#include "tests/fuzz/target.h"

namespace {

using namespace refedge;

constexpr std::string_view kPage = "https://shop.example/p?";
constexpr std::string_view kLocation = "https://shop.example/p?utm_source=l&ref=k7&a[]=1&bp_e=AA%3D#top?ref=x";

void check(std::string_view query, DestinationRule rule) {
  std::string buffer;
  const std::string_view url = build_destination(kLocation, query, rule, buffer);
  fuzz::require(is_location(url) && url.starts_with(kPage) && url.ends_with("#top?ref=x"));
  const std::string_view params = url.substr(kPage.size());
  const auto code = find_query_param(params, "ref");
  const auto metadata = find_query_param(params, "bp_e");
  fuzz::require(code && *code == "k7" && metadata && *metadata == "AA=");
  fuzz::require(!find_query_param(params, "bp_p"));
  fuzz::require(params.find("&ref=") == params.rfind("&ref="));
}

}  // namespace

REFEDGE_FUZZ_TARGET(destination) {
  for (const Passthrough passthrough : {Passthrough::kNone, Passthrough::kUtm, Passthrough::kAll}) {
    check(input, {passthrough, Precedence::kLink});
    check(input, {passthrough, Precedence::kVisitor});
  }
}
