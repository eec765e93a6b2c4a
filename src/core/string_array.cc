#include "core/string_array.h"

#include "core/ascii.h"

namespace refedge {
namespace {

bool is_plain(char c) noexcept { return !is_control(c) && c != '\\'; }

}  // namespace

Errc check_string_array(std::string_view json, std::size_t max_items, std::size_t max_item_length) noexcept {
  if (json == "[]") return Errc::kOk;
  if (json.size() < 2 || json.front() != '[' || json.back() != ']') return Errc::kInvalidField;
  json = json.substr(1, json.size() - 2);
  for (std::size_t num_items = 1;; ++num_items) {
    const std::size_t end = json.find('"', 1);
    if (json.empty() || json.front() != '"' || end == std::string_view::npos) return Errc::kInvalidField;
    const std::string_view item = json.substr(1, end - 1);
    if (item.empty() || !all_of(item, is_plain)) return Errc::kInvalidField;
    if (item.size() > max_item_length) return Errc::kTooLong;
    if (num_items > max_items) return Errc::kTooMany;
    json.remove_prefix(end + 1);
    if (json.empty()) return Errc::kOk;
    if (json.front() != ',') return Errc::kInvalidField;
    json.remove_prefix(1);
  }
}

}  // namespace refedge
