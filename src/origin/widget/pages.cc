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

struct Table {
  std::string_view locale;
  std::string_view json;
};

// The first is shown where there is no other. A translation is one more file and one more line.
constexpr std::array<Table, 1> kTables = {{
    {"en", assets::kStrings_en_json},
}};

// "en-GB" is served by "en".
bool serves(std::string_view table, std::string_view locale) {
  return locale == table || (locale.starts_with(table) && locale[table.size()] == '-');
}

const Table& table_for(std::string_view locale) {
  for (const Table& table : kTables) {
    if (serves(table.locale, locale)) return table;
  }
  return kTables.front();
}

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

data strings_data(const Json& strings) {
  data object = data::type::object;
  for (const auto& [key, value] : strings.items()) object.set(key, value.get<std::string>());
  return object;
}

std::string render(std::string_view page_template, const data& values) {
  mustache page{text(page_template)};
  if (!page.is_valid()) throw std::logic_error("a page template is broken: " + page.error_message());
  return page.render(values);
}

}  // namespace

std::string render_widget(const WidgetPage& page) {
  const Table& table = table_for(page.locale);
  const Json strings = Json::parse(table.json);
  const Json config = {
      {"market", page.market},           {"campaign", page.campaign}, {"campaign_name", page.campaign_name},
      {"page_origin", page.page_origin}, {"locale", page.locale},     {"strings", strings}};
  data values = data::type::object;
  values.set("language", text(table.locale));
  values.set("nonce", text(page.nonce));
  values.set("campaign_name", text(page.campaign_name));
  values.set("strings", strings_data(strings));
  values.set("style", text(assets::kWidget_css));
  values.set("script", text(assets::kWidget_js));
  values.set("config", script_json(config));
  return render(assets::kWidget_html, values);
}

std::string render_open_graph(const OpenGraphPage& page) {
  const Table& table = table_for(page.locale);
  data values = data::type::object;
  values.set("language", text(table.locale));
  values.set("nonce", text(page.nonce));
  values.set("title", text(page.title));
  values.set("url", text(page.url));
  values.set("target", text(page.target));
  values.set("strings", strings_data(Json::parse(table.json)));
  values.set("style", text(assets::kWidget_css));
  return render(assets::kOpen_graph_html, values);
}

}  // namespace refedge::origin
