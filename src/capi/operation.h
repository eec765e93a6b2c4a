// What all functions of the C ABI have in common: read the record, run the core, fill the response.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "refedge/c_api.h"
#include "refedge/cookie.h"
#include "refedge/json_writer.h"
#include "refedge/result.h"

namespace refedge::capi {

// A call of an operation: the fields of its record, and what it answers. The first failure is kept and makes
// the answer; an operation reads all that it needs and then asks once whether it has failed.
class Call {
 public:
  explicit Call(std::vector<std::string_view> fields) : fields_(std::move(fields)) {}

  [[nodiscard]] std::size_t size() const noexcept { return fields_.size(); }
  [[nodiscard]] const std::string_view& operator[](std::size_t i) const noexcept { return fields_[i]; }
  [[nodiscard]] std::span<const std::string_view> from(std::size_t i) const noexcept {
    return {fields_.data() + i, fields_.size() - i};
  }

  void fail(Errc code, std::string_view field) {
    if (!has_failed()) error_ = {code, std::string(field)};
  }
  [[nodiscard]] bool has_failed() const noexcept { return error_.code != Errc::kOk; }

  // What a field must be. Otherwise the call fails with kInvalidField and the field's `name`.
  std::int64_t number(std::size_t i, const char* name,
                      std::int64_t max = INT64_MAX);  // decimal, from 0 to max
  bool flag(std::size_t i, const char* name);         // "1" or "0"
  // The place of the field among `words`, which blanks separate, from 1 on; 0 when the call fails.
  std::uint8_t choice(std::size_t i, const char* name, std::string_view words);
  // All fields from `i` on, by groups of key, value, kind (field "kind").
  std::vector<Field> object(std::size_t i);
  // Three fields: code, click_id, captured_at.
  ReferralCookie cookie(std::size_t i);
  // All fields from `i` on, by groups of key id and key. A key id that is not one character fails with
  // kInvalidKey.
  std::vector<CookieKey> cookie_keys(std::size_t i);

  // check tells whether there is a value; an error makes the call fail.
  bool check(const Outcome& outcome) {
    if (!outcome) fail(outcome.error().code, outcome.error().field);
    return outcome.has_value();
  }
  // answer makes the answer of a value or an error.
  void answer(Result<std::string>&& result) {
    if (check(result)) out_ = std::move(*result);
  }
  void answer_text(std::string_view text);
  // put appends a field to the record that is the answer.
  void put(std::string_view field);
  void put_number(std::int64_t number);
  void put_cookie(const ReferralCookie& cookie);

  [[nodiscard]] Errc code() const noexcept { return error_.code; }
  // The answer, or the name of the field at fault.
  [[nodiscard]] std::string& response() noexcept { return has_failed() ? error_.field : out_; }

 private:
  std::vector<std::string_view> fields_;
  Error error_;
  std::string out_;
};

// An operation, and how many fields it takes: `fixed`, then any number of groups of `group` (0: no groups).
struct OperationSpec {
  void (*run)(Call& call);
  std::uint8_t fixed;
  std::uint8_t group;
};

// run_operation reads the record, refuses one of another shape, and fills `out` with what the operation
// yields. An allocation that fails ends the process: nothing is thrown to the caller.
void run_operation(const OperationSpec& spec, const std::uint8_t* record, std::size_t len,
                   refedge_response* out) noexcept;

}  // namespace refedge::capi

// REFEDGE_OPERATION(name, fixed, group, function) defines the C ABI's refedge_<name>, and its spec, by which
// the WebAssembly modules run it: a function less for each.
#define REFEDGE_OPERATION(name, fixed, group, ...)                                           \
  extern const OperationSpec name##_spec;                                                    \
  const OperationSpec name##_spec = {__VA_ARGS__, fixed, group};                             \
  extern "C" void refedge_##name(const uint8_t* record, size_t len, refedge_response* out) { \
    run_operation(name##_spec, record, len, out);                                            \
  }
