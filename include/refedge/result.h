// Result<T>: a value, or the Error that says why there is none. Names follow std::expected.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

#include "refedge/errc.h"

namespace refedge {

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
  Result(Errc code) : state_(std::in_place_index<1>, Error{code, {}}) {}

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  // Precondition of all accessors of the value: has_value(). A breach is a bug, not an input error.
  T& operator*() & noexcept { return value_ref(); }
  const T& operator*() const& noexcept { return value_ref(); }
  T&& operator*() && noexcept { return std::move(value_ref()); }
  T* operator->() noexcept { return &value_ref(); }
  const T* operator->() const noexcept { return &value_ref(); }

  // Precondition: !has_value().
  [[nodiscard]] const Error& error() const noexcept {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }

 private:
  T& value_ref() noexcept {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  const T& value_ref() const noexcept {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }

  std::variant<T, Error> state_;
};

}  // namespace refedge
