// Conversions of the spool: what decodes encodes to the same bytes.
#include "edge/spool/conversion_payload.h"

#include "tests/fuzz/target.h"

REFEDGE_FUZZ_TARGET(conversion_payload) {
  using refedge::fuzz::require;
  const auto conversion = refedge::edge::decode_conversion(input);
  if (!conversion) return;
  require(refedge::edge::is_conversion(input));
  const auto again = refedge::edge::encode_conversion(*conversion);
  require(again.has_value() && *again == input);
}
