// Records of the C ABI as raw bytes: what reads back writes the same bytes, and no operation trusts a length.
#include <string>

#include "capi/record.h"
#include "refedge/c_api.h"
#include "tests/fuzz/fields.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto fields = refedge::capi::read_record(bytes);
  if (fields) {
    std::string again;
    for (const std::string_view field : *fields) refedge::capi::append_record_field(again, field);
    refedge::fuzz::require(again == bytes);
  }
  refedge_response response{};
  refedge_build_track_payload(data, size, &response);
  refedge::fuzz::require(fields.has_value() || response.status != 0);
  return 0;
}
