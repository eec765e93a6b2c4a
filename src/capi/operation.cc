#include "capi/operation.h"

#include <new>

#include "capi/record.h"
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

bool has_shape(std::size_t num_fields, const OperationSpec& spec) noexcept {
  if (num_fields < spec.fixed) return false;
  const std::size_t rest = num_fields - spec.fixed;
  return spec.group == 0 ? rest == 0 : rest % spec.group == 0;
}

}  // namespace

void run_operation(const OperationSpec& spec, const std::uint8_t* record, std::size_t len,
                   refedge_response* out) noexcept {
  auto fields = read_record({reinterpret_cast<const char*>(record), len});
  const bool is_sound = fields && has_shape(fields->size(), spec);
  Call call(is_sound ? std::move(*fields) : std::vector<std::string_view>());
  if (is_sound) {
    spec.run(call);
  } else {
    call.fail(Errc::kInvalidRecord, {});
  }
  std::string& buffer = response_buffer();
  buffer = std::move(call.response());
  out->status = static_cast<std::uint32_t>(call.code());
  out->data = reinterpret_cast<const std::uint8_t*>(buffer.data());
  out->len = buffer.size();
}

}  // namespace refedge::capi

std::uint32_t refedge_abi_version(void) { return refedge::capi::kAbiVersion; }

void refedge_wipe(void) { refedge::wipe(refedge::capi::response_buffer()); }
