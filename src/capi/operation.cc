#include "capi/operation.h"

#include <new>

#include "capi/record.h"
#include "core/decimal.h"
#include "refedge/secret.h"

namespace refedge::capi {
namespace {

constexpr std::uint32_t kAbiVersion = 1;

// Made on first use and never destroyed, so that a host needs to run neither constructors nor destructors;
// not on the heap, which the WebAssembly modules empty at each call.
std::string& response_buffer() noexcept {
  alignas(std::string) static unsigned char storage[sizeof(std::string)];
  static std::string* buffer = nullptr;
  if (buffer == nullptr) buffer = new (storage) std::string;
  return *buffer;
}

void respond(refedge_response* out, Errc status, std::string bytes) noexcept {
  std::string& buffer = response_buffer();
  buffer = std::move(bytes);
  out->status = static_cast<std::uint32_t>(status);
  out->data = reinterpret_cast<const std::uint8_t*>(buffer.data());
  out->len = buffer.size();
}

bool has_shape(std::size_t num_fields, const OperationSpec& spec) noexcept {
  if (num_fields < spec.fixed) return false;
  const std::size_t rest = num_fields - spec.fixed;
  return spec.group == 0 ? rest == 0 : rest % spec.group == 0;
}

}  // namespace

void run_operation(const OperationSpec& spec, const std::uint8_t* record, std::size_t len,
                   refedge_response* out) noexcept {
  const auto fields = read_record({reinterpret_cast<const char*>(record), len});
  if (!fields || !has_shape(fields->size(), spec)) return respond(out, Errc::kInvalidRecord, {});
  auto result = spec.run(*fields);
  if (!result) return respond(out, result.error().code, result.error().field);
  respond(out, Errc::kOk, std::move(*result));
}

Result<std::vector<Field>> read_object_fields(Fields groups) {
  std::vector<Field> fields;
  fields.reserve(groups.size() / 3);
  for (std::size_t i = 0; i + 2 < groups.size(); i += 3) {
    const bool is_raw = groups[i + 2] == "r";
    if (!is_raw && groups[i + 2] != "s") return {Errc::kInvalidField, "kind"};
    fields.push_back({groups[i], groups[i + 1], is_raw ? ValueKind::kRaw : ValueKind::kString});
  }
  return fields;
}

Result<std::int64_t> read_number(std::string_view text, const char* name, std::int64_t max) {
  const auto value = parse_decimal(text, max);
  if (!value) return Error{Errc::kInvalidField, name};
  return *value;
}

bool is_switch(std::string_view text) noexcept { return text == "1" || text == "0"; }

Result<ReferralCookie> read_cookie(Fields fields) {
  const auto captured_at = read_number(fields[2], "captured_at");
  if (!captured_at) return captured_at.error();
  return ReferralCookie{std::string(fields[0]), std::string(fields[1]), *captured_at};
}

std::string write_cookie(const ReferralCookie& cookie) {
  std::string captured_at;
  append_decimal(captured_at, cookie.captured_at);
  std::string record;
  append_record_field(record, cookie.code);
  append_record_field(record, cookie.click_id);
  append_record_field(record, captured_at);
  return record;
}

Result<std::string> to_text(const Result<std::string_view>& view) {
  if (!view) return view.error();
  return std::string(*view);
}

}  // namespace refedge::capi

std::uint32_t refedge_abi_version(void) { return refedge::capi::kAbiVersion; }

void refedge_wipe(void) { refedge::wipe(refedge::capi::response_buffer()); }
