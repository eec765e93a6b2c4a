#include "core/string_array.h"

#include "core/ascii.h"

namespace refedge {
namespace {

bool is_plain(char c) noexcept { return !is_control(c) && c != '\\'; }

}  // namespace

Errc check_string_array(std::string_view json, std::size_t max_items, std::size_t max_item_length) noexcept {
  if (json == "[]") return Errc::kOk;
  if (json.size() < 2 || json.front() != '[' || json.back() != ']') return Errc::kInvalidField;
  const std::size_t end = json.size() - 1;  // of the closing bracket, which ends each loop before the text does
  for (std::size_t i = 1, num_items = 1;; ++i, ++num_items) {
    if (json[i] != '"') return Errc::kInvalidField;
    const std::size_t begin = ++i;
    for (; json[i] != '"'; ++i) {
      if (i == end || !is_plain(json[i])) return Errc::kInvalidField;
    }
    if (i == begin) return Errc::kInvalidField;
    if (i - begin > max_item_length) return Errc::kTooLong;
    if (num_items > max_items) return Errc::kTooMany;
    if (++i == end) return Errc::kOk;
    if (json[i] != ',') return Errc::kInvalidField;
  }
}

}  // namespace refedge
