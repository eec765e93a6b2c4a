// The native core against the WebAssembly modules: the same status and the same bytes for every record.
#include <algorithm>
#include <string>

#include "capi/record.h"
#include "tests/fuzz/operation_table.h"
#include "tests/fuzz/target.h"
#include "tests/fuzz/wasm_peer.h"

namespace {

using namespace refedge::fuzz;

std::string_view take_field(std::string_view& input) {
  const std::string_view field = input.substr(0, input.find(kSeparator));
  input.remove_prefix(std::min(field.size() + 1, input.size()));
  return field;
}

std::string make_record(std::string_view fields) {
  std::string record;
  for (const std::string_view field : split_fields(fields)) refedge::capi::append_record_field(record, field);
  return record;
}

void compare(const NamedOperation& operation, const std::string& record) {
  static const WasmPeer peer;
  refedge_response ours{};
  operation.run(reinterpret_cast<const std::uint8_t*>(record.data()), record.size(), &ours);
  const PeerResponse theirs = peer.call(operation.name, record);
  require(theirs.status == ours.status);
  require(theirs.bytes == std::string_view(reinterpret_cast<const char*>(ours.data), ours.len));
}

}  // namespace

// The first field names the operation, the others are its record's; with "raw " before the name the rest is the
// record itself.
REFEDGE_FUZZ_TARGET(wasm_differential) {
  constexpr std::string_view kRaw = "raw ";
  std::string_view rest = input;
  std::string_view name = take_field(rest);
  const bool is_raw = name.starts_with(kRaw);
  if (is_raw) name.remove_prefix(kRaw.size());
  const auto all = operations();
  const auto operation = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
  if (operation == all.end()) return;
  compare(*operation, is_raw ? std::string(rest) : make_record(rest));
}
