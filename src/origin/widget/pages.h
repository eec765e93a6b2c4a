// The pages that people see: the widget's frame and the Open Graph page. Everything that is put into a page
// is escaped for where it stands. Spec: docs/protocol.md#embedded-pages.
#pragma once

#include <string>
#include <string_view>

#include "origin/widget/strings.h"

namespace refedge::origin {

struct WidgetPage {
  std::string_view market;    // slug
  std::string_view campaign;  // slug
  std::string_view campaign_name;
  std::string_view page_origin;  // of the page around the frame; empty: there is none
  std::string_view locale;       // as it is asked for: sign-ups are told it
  const Strings& strings;
  std::string_view custom_field_label;  // empty: the form has no such field
  bool is_custom_field_required = false;
  std::string_view nonce;  // of the Content-Security-Policy
};

[[nodiscard]] std::string render_widget(const WidgetPage& page);

struct OpenGraphPage {
  std::string_view title;
  std::string_view url;          // this page's own
  std::string_view target;       // where a person goes on to
  std::string_view description;  // empty: a general one
  std::string_view image_url;    // empty: none
  const Strings& strings;
  std::string_view nonce;
};

[[nodiscard]] std::string render_open_graph(const OpenGraphPage& page);

}  // namespace refedge::origin
