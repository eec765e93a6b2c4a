// IoResult<T>: a value, or the sentence that says what the operating system or LMDB refused. For failures of
// disk and network; input that is refused by rule carries a refedge::Error instead.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace refedge::edge {

// The message names the path and the reason, and never a secret: it is safe to log.
struct IoError {
  std::string message;
};

template <class T>
class [[nodiscard]] IoResult {
 public:
  IoResult(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  IoResult(IoError error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  // Precondition of the value's accessors: has_value().
  T& operator*() & noexcept { return *std::get_if<0>(&state_); }
  const T& operator*() const& noexcept { return *std::get_if<0>(&state_); }
  T&& operator*() && noexcept { return std::move(*std::get_if<0>(&state_)); }
  T* operator->() noexcept { return std::get_if<0>(&state_); }
  const T* operator->() const noexcept { return std::get_if<0>(&state_); }

  // Precondition: !has_value().
  [[nodiscard]] const std::string& message() const noexcept { return std::get_if<1>(&state_)->message; }

 private:
  std::variant<T, IoError> state_;
};

struct Done {};  // what an operation yields that has nothing to tell but that it worked

}  // namespace refedge::edge
