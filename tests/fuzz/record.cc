// Records of the C ABI as raw bytes: what reads back writes the same bytes, and no operation trusts a length.
#include <string>

#include "capi/record.h"
#include "tests/fuzz/operation_table.h"
#include "tests/fuzz/target.h"

using refedge::fuzz::require;

REFEDGE_FUZZ_TARGET(record) {
  const auto fields = refedge::capi::read_record(input);
  if (fields) {
    std::string again;
    for (const std::string_view field : *fields) refedge::capi::append_record_field(again, field);
    require(again == input);
  }
  for (const auto& operation : refedge::fuzz::operations()) {
    refedge_response response{};
    operation.run(reinterpret_cast<const std::uint8_t*>(input.data()), input.size(), &response);
    require(fields.has_value() || response.status != 0);
  }
}
