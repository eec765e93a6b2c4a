#include "cli/doctor/page.h"

#include <libxml/HTMLparser.h>

#include <map>
#include <memory>

namespace refedge::cli::doctor {
namespace {

using Attributes = std::map<std::string, std::string, std::less<>>;

std::string_view text_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

Attributes read_attributes(const xmlChar** pairs) {
  Attributes attributes;
  for (; pairs != nullptr && *pairs != nullptr; pairs += 2) {
    attributes.emplace(text_of(pairs[0]), text_of(pairs[1]));  // of two the first counts
  }
  return attributes;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

std::string value_of(const Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->second;
}

bool hides(const Attributes& attributes) {
  std::string style = lower(value_of(attributes, "style"));
  std::erase_if(style, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  return attributes.contains("hidden") || style.find("display:none") != std::string::npos;
}

Script script_of(const Attributes& attributes) {
  const bool is_module = lower(value_of(attributes, "type")) == "module";
  return {.has_src = attributes.contains("src"),
          .src = value_of(attributes, "src"),
          .text = {},
          .integrity = value_of(attributes, "integrity"),
          .nonce = value_of(attributes, "nonce"),
          .files = value_of(attributes, "data-files"),
          .has_crossorigin = attributes.contains("crossorigin"),
          .is_late = is_module || attributes.contains("async") || attributes.contains("defer")};
}

// Follows the parser's events: no tree is made, so that memory and time stay within what the page's length
// allows.
struct Reader {
  Page page;
  xmlParserCtxtPtr parser = nullptr;
  std::size_t num_elements = 0;
  std::size_t depth = 0;
  bool is_in_script = false;

  void start(std::string_view name, const Attributes& attributes) {
    if (++num_elements > kMaxElements || ++depth > kMaxDepth) return stop();
    if (name == "script") add_script(attributes);
    if (name == "meta") add_meta(attributes);
    if (name == "base" && page.base.empty()) page.base = value_of(attributes, "href");
    if (attributes.contains("id")) page.elements.push_back({value_of(attributes, "id"), hides(attributes)});
  }

  void end(std::string_view name) {
    if (depth > 0) --depth;
    if (name == "script") is_in_script = false;
  }

  void text(std::string_view text) {
    if (is_in_script) page.scripts.back().text += text;
  }

 private:
  void stop() {
    page.is_cut = true;
    xmlStopParser(parser);
  }

  void add_script(const Attributes& attributes) {
    page.scripts.push_back(script_of(attributes));
    is_in_script = !page.scripts.back().has_src;
  }

  void add_meta(const Attributes& attributes) {
    const std::string content = value_of(attributes, "content");
    if (lower(value_of(attributes, "property")) == "og:url") page.og_urls.push_back(content);
    if (lower(value_of(attributes, "http-equiv")) == "content-security-policy")
      page.policies.push_back(content);
  }
};

void on_start(void* reader, const xmlChar* name, const xmlChar** attributes) {
  static_cast<Reader*>(reader)->start(text_of(name), read_attributes(attributes));
}
void on_end(void* reader, const xmlChar* name) { static_cast<Reader*>(reader)->end(text_of(name)); }
void on_text(void* reader, const xmlChar* text, int length) {
  static_cast<Reader*>(reader)->text(text_of(text).substr(0, static_cast<std::size_t>(length)));
}

struct CleanupParser {
  void operator()(xmlParserCtxtPtr parser) const { htmlFreeParserCtxt(parser); }
};

}  // namespace

Page read_page(std::string_view html) {
  Reader reader;
  const std::string bytes(html);  // the parser wants a byte behind the end
  const std::unique_ptr<xmlParserCtxt, CleanupParser> parser(
      bytes.empty() ? nullptr : htmlCreateMemoryParserCtxt(bytes.c_str(), static_cast<int>(bytes.size())));
  if (!parser) return reader.page;
  reader.parser = parser.get();
  *parser->sax = {};
  parser->sax->startElement = on_start;
  parser->sax->endElement = on_end;
  parser->sax->characters = on_text;
  parser->sax->cdataBlock = on_text;
  parser->userData = &reader;
  htmlCtxtUseOptions(parser.get(),
                     HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
  htmlParseDocument(parser.get());
  return std::move(reader.page);
}

}  // namespace refedge::cli::doctor
