// Click payloads of the spool: what decodes encodes to the same bytes.
#include "edge/spool/click_payload.h"

#include <array>

#include "tests/fuzz/target.h"

REFEDGE_FUZZ_TARGET(click_payload) {
  const auto click = refedge::edge::decode_click(input);
  if (!click) return;
  std::array<char, refedge::edge::kMaxClickPayload> again;
  const auto length = refedge::edge::encode_click(*click, again);
  refedge::fuzz::require(length.has_value() && std::string_view(again.data(), *length) == input);
}
