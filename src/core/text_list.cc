#include "core/text_list.h"

namespace refedge {

std::string_view text_at(const char* list, std::size_t i) noexcept {
  std::string_view text(list);
  for (; i > 0; --i) text = std::string_view(text.data() + text.size() + 1);
  return text;
}

}  // namespace refedge
