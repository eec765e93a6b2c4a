// One operation of the C ABI, fuzzed: compiled once for each, with REFEDGE_FUZZ_OPERATION as its name.
#include <cstring>
#include <string>

#include "capi/record.h"
#include "refedge/c_api.h"
#include "refedge/errc.h"
#include "refedge/limits.h"
#include "refedge/utf8.h"
#include "tests/fuzz/fields.h"

namespace {

std::string make_record(const std::uint8_t* data, std::size_t size) {
  std::string record;
  for (const std::string_view field : refedge::fuzz::split_fields(data, size)) {
    refedge::capi::append_record_field(record, field);
  }
  return record;
}

refedge_response run(const std::string& record) {
  refedge_response response{};
  REFEDGE_FUZZ_OPERATION(reinterpret_cast<const std::uint8_t*>(record.data()), record.size(), &response);
  return response;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string record = make_record(data, size);
  const refedge_response first = run(record);
  const std::string answer(reinterpret_cast<const char*>(first.data), first.len);
  refedge::fuzz::require(first.status == 0 ||
                         refedge::errc_name(static_cast<refedge::Errc>(first.status)) != "unknown");
  // An error names a field of the format or of the input: short, printable text.
  refedge::fuzz::require(first.status == 0 || refedge::is_valid_utf8(answer));

  // The core is pure: the same input gives the same bytes.
  const refedge_response second = run(record);
  refedge::fuzz::require(second.status == first.status && second.len == answer.size() &&
                         (answer.empty() || std::memcmp(second.data, answer.data(), answer.size()) == 0));
  return 0;
}
