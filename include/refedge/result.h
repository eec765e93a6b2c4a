// Result<T>: a value, or the Error that says why there is none. Names follow std::expected.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "refedge/errc.h"

namespace refedge {

// What a Result of any type has. It stands first in each, so that all types fail by the same code: in
// WebAssembly, where a reason is given at a hundred places, that is a tenth of a module.
class Outcome {
 public:
  [[nodiscard]] bool has_value() const noexcept { return error_.code == Errc::kOk; }
  explicit operator bool() const noexcept { return has_value(); }

  // Precondition: !has_value().
  [[nodiscard]] const Error& error() const noexcept {
    assert(!has_value());
    return error_;
  }

 protected:
  Outcome() = default;
  Outcome(Errc code, const char* field);
  Outcome(Errc code, std::string_view field);
  explicit Outcome(const Error& error);
  explicit Outcome(Error&& error);

 private:
  Error error_;
};

template <class T>
class [[nodiscard]] Result : public Outcome {
 public:
  Result(const T& value) : value_(value) {}
  Result(T&& value) : value_(std::move(value)) {}
  // Preconditions: an error is never kOk; `field` ends with a zero byte.
  Result(Errc code, const char* field = "") : Outcome(code, field) {}
  Result(Errc code, std::string_view field) : Outcome(code, field) {}
  Result(const Error& error) : Outcome(error) {}
  Result(Error&& error) : Outcome(std::move(error)) {}

  // Precondition of all accessors of the value: has_value(). A breach is a bug, not an input error.
  T& operator*() & noexcept { return value_ref(); }
  const T& operator*() const& noexcept { return value_ref(); }
  T&& operator*() && noexcept { return std::move(value_ref()); }
  T* operator->() noexcept { return &value_ref(); }
  const T* operator->() const noexcept { return &value_ref(); }

 private:
  T& value_ref() noexcept {
    assert(has_value());
    return *value_;
  }
  const T& value_ref() const noexcept {
    assert(has_value());
    return *value_;
  }

  std::optional<T> value_;
};

}  // namespace refedge
