// Our Base64 against Crypto++'s: the same characters out, and back the same bytes from both.
#include <cryptopp/base64.h>
#include <cryptopp/filters.h>

#include <string>

#include "refedge/base64.h"
#include "tests/fuzz/target.h"

namespace {

using refedge::fuzz::require;

const CryptoPP::byte* bytes_of(std::string_view text) {
  return reinterpret_cast<const CryptoPP::byte*>(text.data());
}

std::string their_encoding(std::string_view bytes) {
  std::string out;
  const CryptoPP::StringSource source(
      bytes_of(bytes), bytes.size(), true, new CryptoPP::Base64Encoder(new CryptoPP::StringSink(out), false));
  return out;
}

std::string their_decoding(std::string_view text) {
  std::string out;
  const CryptoPP::StringSource source(bytes_of(text), text.size(), true,
                                      new CryptoPP::Base64Decoder(new CryptoPP::StringSink(out)));
  return out;
}

}  // namespace

REFEDGE_FUZZ_TARGET(base64_differential) {
  const std::string ours = refedge::base64_encode(input);
  require(ours == their_encoding(input));
  require(their_decoding(ours) == input);
  const auto back = refedge::base64_decode(ours);
  require(back.has_value() && *back == input);
  const auto url_safe = refedge::base64_decode(refedge::base64url_encode(input));
  require(url_safe.has_value() && *url_safe == input);

  // What decodes at all has one canonical form, and that form decodes to the same bytes.
  const auto decoded = refedge::base64_decode(input);
  if (!decoded) return;
  const auto twice = refedge::base64_decode(refedge::base64_encode(*decoded));
  require(twice.has_value() && *twice == *decoded);
  // Crypto++ passes over what it does not know; of what we take, that is white space and padding alone.
  if (input.find_first_of("-_") == std::string_view::npos) require(their_decoding(input) == *decoded);
}
