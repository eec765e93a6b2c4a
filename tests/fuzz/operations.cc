// Every operation of the C ABI, a target each: it ends with a status of the list, and twice the same.
#include <cstring>
#include <string>
#include <utility>

#include "capi/record.h"
#include "refedge/errc.h"
#include "refedge/utf8.h"
#include "tests/fuzz/operation_table.h"
#include "tests/fuzz/target.h"

namespace refedge::fuzz {
namespace {

constexpr NamedOperation kOperations[] = {
#define REFEDGE_OPERATION(name) {#name, refedge_##name},
#include "operations.inc"
#undef REFEDGE_OPERATION
};

std::string make_record(std::string_view input) {
  std::string record;
  for (const std::string_view field : split_fields(input)) capi::append_record_field(record, field);
  return record;
}

refedge_response run(const NamedOperation& operation, const std::string& record) {
  refedge_response response{};
  operation.run(reinterpret_cast<const std::uint8_t*>(record.data()), record.size(), &response);
  return response;
}

// An error names a field of the format or of the input in text that can be shown; or, as it was given, the name that the
// caller looked for.
bool names_a_field(std::string_view name, std::string_view input) {
  return is_valid_utf8(name) || name == split_fields(input).back();
}

void check(const NamedOperation& operation, std::string_view input) {
  const std::string record = make_record(input);
  const refedge_response first = run(operation, record);
  const std::string answer(reinterpret_cast<const char*>(first.data), first.len);
  require(first.status == 0 || errc_name(static_cast<Errc>(first.status)) != "unknown");
  require(first.status == 0 || names_a_field(answer, input));

  // The core is pure: the same input gives the same bytes.
  const refedge_response second = run(operation, record);
  require(second.status == first.status && second.len == answer.size());
  require(answer.empty() || std::memcmp(second.data, answer.data(), answer.size()) == 0);
}

template <std::size_t Index>
void fuzz_operation(std::string_view input) {
  check(kOperations[Index], input);
}

template <std::size_t... Index>
bool register_operations(std::index_sequence<Index...>) {
  (targets().push_back({kOperations[Index].name, fuzz_operation<Index>}), ...);
  return true;
}

[[maybe_unused]] const bool are_registered = register_operations(std::make_index_sequence<std::size(kOperations)>());

}  // namespace

std::span<const NamedOperation> operations() { return kOperations; }

}  // namespace refedge::fuzz
