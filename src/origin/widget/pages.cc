#include "origin/widget/pages.h"

#include <array>
#include <kainjow/mustache.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "origin/assets.h"

namespace refedge::origin {
namespace {

using Json = nlohmann::ordered_json;
using kainjow::mustache::data;
using kainjow::mustache::mustache;

// What the frame can show, one at a time. A further view is one more file here, and a function that shows it.
constexpr std::array<std::string_view, 2> kViews = {{assets::kView_form_html, assets::kView_share_html}};

// One script of several files, in a block so that their names are nobody else's.
constexpr std::array<std::string_view, 5> kScripts = {{assets::kFrame_base_js, assets::kFrame_memory_js,
                                                       assets::kFrame_share_js, assets::kFrame_form_js,
                                                       assets::kFrame_start_js}};

std::string text(std::string_view view) { return std::string(view); }

// JSON inside a script element: "</script>" and "<!--" must not be seen by the HTML parser.
std::string script_json(const Json& json) {
  std::string out;
  for (const char c : json.dump()) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
  return out;
}

std::string script() {
  std::string joined = "\"use strict\";\n{\n";
  for (const std::string_view file : kScripts) joined += file;
  return joined + "}\n";
}

std::string render(std::string_view page_template, const data& values) {
  mustache page{text(page_template)};
  if (!page.is_valid()) throw std::logic_error("a page template is broken: " + page.error_message());
  return page.render(values);
}

// What both pages are written in.
data page_data(const Strings& strings, std::string_view nonce) {
  data texts = data::type::object;
  for (const auto& [key, value] : strings.texts) texts.set(key, value);
  data values = data::type::object;
  values.set("strings", texts);
  values.set("language", strings.locale);
  values.set("direction", is_right_to_left(strings.locale) ? "rtl" : "ltr");
  values.set("nonce", text(nonce));
  values.set("style", text(assets::kWidget_css));
  return values;
}

Json config_of(const WidgetPage& page) {
  return {{"market", page.market},           {"campaign", page.campaign},
          {"page_origin", page.page_origin}, {"locale", page.locale},
          {"strings", page.strings.texts},   {"is_custom_field_required", page.is_custom_field_required}};
}

}  // namespace

std::string render_widget(const WidgetPage& page) {
  data values = page_data(page.strings, page.nonce);
  values.set("campaign_name", text(page.campaign_name));
  values.set("custom_field_label", text(page.custom_field_label));
  values.set("has_custom_field", !page.custom_field_label.empty());
  values.set("is_custom_field_required", page.is_custom_field_required);
  std::string views;
  for (const std::string_view view : kViews) views += render(view, values);
  values.set("views", views);
  values.set("script", script());
  values.set("config", script_json(config_of(page)));
  return render(assets::kWidget_html, values);
}

std::string render_open_graph(const OpenGraphPage& page) {
  data values = page_data(page.strings, page.nonce);
  values.set("title", text(page.title));
  values.set("url", text(page.url));
  values.set("target", text(page.target));
  values.set("image_url", text(page.image_url));
  values.set("has_image", !page.image_url.empty());
  values.set("description",
             page.description.empty() ? page.strings.texts.at("og_description") : text(page.description));
  return render(assets::kOpen_graph_html, values);
}

}  // namespace refedge::origin
