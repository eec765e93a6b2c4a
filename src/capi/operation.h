// What all functions of the C ABI have in common: read the record, run the core, fill the response.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "refedge/c_api.h"
#include "refedge/cookie.h"
#include "refedge/json_writer.h"
#include "refedge/result.h"

namespace refedge::capi {

using Fields = std::span<const std::string_view>;
using Operation = Result<std::string> (*)(Fields fields);

// An operation, and how many fields it takes: `fixed`, then any number of groups of `group` (0: no groups).
struct OperationSpec {
  Operation run;
  std::uint8_t fixed;
  std::uint8_t group;
};

// run_operation reads the record, refuses one of another shape, and fills `out` with what the operation
// yields. An allocation that fails ends the process: nothing is thrown to the caller.
void run_operation(const OperationSpec& spec, const std::uint8_t* record, std::size_t len,
                   refedge_response* out) noexcept;

// read_object_fields reads groups of key, value, kind. Errors: kInvalidField (field "kind").
[[nodiscard]] Result<std::vector<Field>> read_object_fields(Fields groups);

// read_number reads decimal text from 0 to `max`. Errors: kInvalidField (field = `name`).
[[nodiscard]] Result<std::int64_t> read_number(std::string_view text, const char* name,
                                               std::int64_t max = INT64_MAX);

// is_switch tells whether `text` is "1" or "0".
[[nodiscard]] bool is_switch(std::string_view text) noexcept;

// read_cookie reads code, click_id, captured_at. Errors: kInvalidField (field "captured_at").
[[nodiscard]] Result<ReferralCookie> read_cookie(Fields fields);

// write_cookie writes a record of code, click_id, captured_at.
[[nodiscard]] std::string write_cookie(const ReferralCookie& cookie);

// to_text copies a view, or passes an error on.
[[nodiscard]] Result<std::string> to_text(const Result<std::string_view>& view);

}  // namespace refedge::capi

// REFEDGE_OPERATION(name, fixed, group, function) defines the C ABI's refedge_<name>, and its spec, by which
// the WebAssembly modules run it: a function less for each.
#define REFEDGE_OPERATION(name, fixed, group, ...)                                           \
  extern const OperationSpec name##_spec;                                                    \
  const OperationSpec name##_spec = {__VA_ARGS__, fixed, group};                             \
  extern "C" void refedge_##name(const uint8_t* record, size_t len, refedge_response* out) { \
    run_operation(name##_spec, record, len, out);                                            \
  }
