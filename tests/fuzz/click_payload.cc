// Click payloads of the spool: what decodes encodes to the same bytes.
#include <array>
#include <string_view>

#include "edge/spool/click_payload.h"
#include "tests/fuzz/fields.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto click = refedge::edge::decode_click(bytes);
  if (!click) return 0;
  std::array<char, refedge::edge::kMaxClickPayload> again;
  const auto length = refedge::edge::encode_click(*click, again);
  refedge::fuzz::require(length.has_value() && std::string_view(again.data(), *length) == bytes);
  return 0;
}
