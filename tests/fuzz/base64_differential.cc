// Our Base64 against Crypto++'s: the same characters out, and back the same bytes from both.
#include <cryptopp/base64.h>
#include <cryptopp/filters.h>
#include <string>

#include "refedge/base64.h"
#include "tests/fuzz/fields.h"

namespace {

std::string theirs(const std::uint8_t* data, std::size_t size) {
  std::string out;
  const CryptoPP::StringSource source(
      data, size, true, new CryptoPP::Base64Encoder(new CryptoPP::StringSink(out), false));
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::string ours = refedge::base64_encode(bytes);
  refedge::fuzz::require(ours == theirs(data, size));
  const auto back = refedge::base64_decode(ours);
  refedge::fuzz::require(back.has_value() && *back == bytes);
  const auto url_safe = refedge::base64_decode(refedge::base64url_encode(bytes));
  refedge::fuzz::require(url_safe.has_value() && *url_safe == bytes);
  // What decodes at all has one canonical form, and that form decodes to the same bytes.
  const auto decoded = refedge::base64_decode(bytes);
  if (!decoded) return 0;
  const auto twice = refedge::base64_decode(refedge::base64_encode(*decoded));
  refedge::fuzz::require(twice.has_value() && *twice == *decoded);
  return 0;
}
