#include "refedge/preview.h"

#include <cstddef>

#include "core/ascii.h"
#include "core/web_url.h"
#include "refedge/limits.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

// The page line by line. A character below 0x10 stands for a value, escaped; a line whose value is empty is
// left out.
enum Slot : char { kUrl = 1, kTitle, kDescription, kImage, kSiteName, kLocale, kLanguage, kCard, kNumSlots };

constexpr std::string_view kPage =
    "<!doctype html>\n"
    "<html lang=\"\7\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta name=\"robots\" content=\"noindex\">\n"
    "<title>\2</title>\n"
    "<link rel=\"canonical\" href=\"\1\">\n"
    "<meta name=\"description\" content=\"\3\">\n"
    "<meta property=\"og:type\" content=\"website\">\n"
    "<meta property=\"og:url\" content=\"\1\">\n"
    "<meta property=\"og:title\" content=\"\2\">\n"
    "<meta property=\"og:description\" content=\"\3\">\n"
    "<meta property=\"og:image\" content=\"\4\">\n"
    "<meta property=\"og:site_name\" content=\"\5\">\n"
    "<meta property=\"og:locale\" content=\"\6\">\n"
    "<meta name=\"twitter:card\" content=\"\x8\">\n"
    "</head>\n"
    "<body>\n"
    "<p><a href=\"\1\">\2</a></p>\n"
    "</body>\n"
    "</html>\n";

struct Rule {
  const char* name;
  std::size_t max_length;
};

// Indexed by the slot of the value.
constexpr Rule kRules[] = {{},
                           {"url", kMaxUrlLength},
                           {"title", kMaxPreviewTitleLength},
                           {"description", kMaxPreviewDescriptionLength},
                           {"image_url", kMaxUrlLength},
                           {"site_name", kMaxPreviewTitleLength},
                           {"locale", kMaxLocaleLength}};

bool is_locale_character(char c) noexcept { return is_url_safe(c); }

bool has_form(std::size_t slot, std::string_view value) noexcept {
  if (slot == kUrl) return is_web_url(value, "https://") || is_web_url(value, "http://");
  if (slot == kImage) return is_web_url(value, "https://");
  if (slot == kLocale) return all_of(value, is_locale_character);
  return all_of(value, [](char c) { return !is_control(c); });
}

Errc check(std::size_t slot, std::string_view value) noexcept {
  if (value.empty()) return slot <= kTitle ? Errc::kMissingField : Errc::kOk;
  if (value.size() > kRules[slot].max_length) return Errc::kTooLong;
  if (!is_valid_utf8(value)) return Errc::kInvalidUtf8;
  return has_form(slot, value) ? Errc::kOk : Errc::kInvalidField;
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
}

std::string with_separator(std::string_view locale, char separator) {
  std::string out(locale);
  for (char& c : out) {
    if (c == '-' || c == '_') c = separator;
  }
  return out;
}

// Writes one line of the page, or nothing when a value in it is empty.
void append_line(std::string& out, std::string_view line, const std::string_view* values) {
  const std::size_t begin = out.size();
  for (const char c : line) {
    if (c >= kNumSlots) {
      out += c;
      continue;
    }
    const std::string_view value = values[static_cast<std::size_t>(c)];
    if (value.empty()) return out.resize(begin);
    append_escaped(out, value);
  }
  out += '\n';
}

}  // namespace

Result<std::string> build_preview_page(const Preview& preview) {
  const std::string locale = with_separator(preview.locale, '_');
  const std::string language = with_separator(preview.locale, '-');
  const std::string_view card = preview.image_url.empty() ? "summary" : "summary_large_image";
  const std::string_view values[kNumSlots] = {
      {},     preview.url, preview.title, preview.description, preview.image_url, preview.site_name,
      locale, language,    card};
  for (std::size_t slot = kUrl; slot <= kLocale; ++slot) {
    if (const Errc wrong = check(slot, values[slot]); wrong != Errc::kOk)
      return {wrong, kRules[slot].name};
  }
  std::string out;
  std::string_view page = kPage;
  while (!page.empty()) {
    const std::size_t end = page.find('\n');
    append_line(out, page.substr(0, end), values);
    page.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace refedge
