// The pages that people see: the widget's frame and the Open Graph page. Everything that is put into a page
// is escaped for where it stands. Spec: docs/protocol.md#embedded-pages.
#pragma once

#include <string>
#include <string_view>

namespace refedge::origin {

struct WidgetPage {
  std::string_view market;    // slug
  std::string_view campaign;  // slug
  std::string_view campaign_name;
  std::string_view page_origin;  // of the page around the frame; empty: there is none
  std::string_view locale;       // one without a table of strings is shown in English
  std::string_view nonce;        // of the Content-Security-Policy
};

[[nodiscard]] std::string render_widget(const WidgetPage& page);

struct OpenGraphPage {
  std::string_view title;
  std::string_view url;     // this page's own
  std::string_view target;  // where a person goes on to
  std::string_view locale;
  std::string_view nonce;
};

[[nodiscard]] std::string render_open_graph(const OpenGraphPage& page);

}  // namespace refedge::origin
