// SecretText: a secret that is wiped when it goes out of use.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "refedge/secret.h"

namespace refedge::origin {

// Move-only, so that no copy is left behind by accident. The source of a move is wiped too: a short
// string is copied, not stolen, by a move.
class SecretText {
 public:
  SecretText() = default;
  explicit SecretText(std::string text) : text_(text) { wipe(text); }
  SecretText(SecretText&& other) noexcept : text_(std::move(other.text_)) { wipe(other.text_); }
  SecretText& operator=(SecretText&& other) noexcept {
    if (this == &other) return *this;
    wipe(text_);
    text_ = std::move(other.text_);
    wipe(other.text_);
    return *this;
  }
  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;
  ~SecretText() { wipe(text_); }

  [[nodiscard]] std::string_view view() const noexcept { return text_; }

 private:
  std::string text_;
};

}  // namespace refedge::origin
