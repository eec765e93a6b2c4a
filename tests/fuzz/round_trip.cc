// What one function writes its opposite reads: percent-encoding, hex, metadata, signatures, cookies, queries.
#include <string>

#include "refedge/cookie.h"
#include "refedge/hex.h"
#include "refedge/metadata.h"
#include "refedge/percent.h"
#include "refedge/query.h"
#include "refedge/signature.h"
#include "refedge/utf8.h"
#include "tests/fuzz/target.h"

namespace {

using refedge::fuzz::require;

constexpr std::string_view kToken = "fd7cf959-8a3d-431e-975b-b5d3f36aa710";
constexpr std::string_view kSecret = "afd46269f68a4b63b6a926d8bad9f5b5";

void check_text(const std::string& bytes) {
  const auto percent = refedge::percent_decode(refedge::percent_encode(bytes));
  require(percent.has_value() && *percent == bytes);
  const auto hex = refedge::hex_decode(refedge::hex_encode(bytes));
  require(hex.has_value() && *hex == bytes);
}

void check_metadata(const std::string& bytes) {
  const auto cipher = refedge::encrypt_metadata(bytes, kToken);
  if (!cipher) return;
  const auto plain = refedge::decrypt_metadata(refedge::percent_encode(*cipher), kToken);
  require(plain.has_value() && *plain == bytes);
}

void check_signature(std::string_view key, std::string_view value) {
  const refedge::Field field = {key, value};
  const auto signature = refedge::build_signature({&field, 1}, key, kSecret);
  if (!signature) return;
  require(refedge::verify_signature({&field, 1}, key, *signature, kSecret).has_value());
  require(!refedge::verify_signature({&field, 1}, key, *signature, kToken).has_value());
}

void check_cookie(const std::string& value) {
  const auto cookie = refedge::parse_cookie(value);
  if (!cookie) return;
  const refedge::CookieKey key = {'a', kToken};
  const auto tagged = refedge::sign_cookie(*cookie, key);
  require(tagged.has_value());
  const auto verified = refedge::verify_cookie(*tagged, {&key, 1});
  require(verified.has_value() && *verified == *cookie);
}

void check_query(std::string_view url, std::string_view value) {
  const auto extended = refedge::append_query_param(url, "ref", value);
  if (!extended) return;
  const std::size_t query = extended->find('?');
  require(query != std::string::npos);
  const auto found = refedge::find_query_param(std::string_view(*extended).substr(query), "ref");
  require(found.has_value() ? *found == value : !refedge::is_valid_utf8(value));
}

}  // namespace

REFEDGE_FUZZ_TARGET(round_trip) {
  const std::string bytes(input);
  const auto fields = refedge::fuzz::split_fields(input);
  check_text(bytes);
  check_metadata(bytes);
  check_cookie(bytes);
  check_signature(fields.front(), fields.back());
  check_query(fields.front(), fields.back());
}
