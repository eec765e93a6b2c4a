#include "refedge/preview.h"

#include <cstddef>

#include "core/ascii.h"
#include "core/web_url.h"
#include "core/words.h"
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

// The names of the values that come from outside, and their limits, by their slots.
constexpr std::string_view kNames = "url title description image_url site_name locale";
constexpr std::size_t kMaxLengths[] = {0,
                                       kMaxUrlLength,
                                       kMaxPreviewTitleLength,
                                       kMaxPreviewDescriptionLength,
                                       kMaxUrlLength,
                                       kMaxPreviewTitleLength,
                                       kMaxLocaleLength};

bool is_locale_character(char c) noexcept { return is_url_safe(c); }

bool has_form(std::size_t slot, std::string_view value) noexcept {
  if (slot == kUrl) return is_web_url(value, "https://") || is_web_url(value, "http://");
  if (slot == kImage) return is_web_url(value, "https://");
  if (slot == kLocale) return all_of(value, is_locale_character);
  return all_of(value, [](char c) { return !is_control(c); });
}

Errc check(std::size_t slot, std::string_view value) noexcept {
  if (value.empty()) return slot <= kTitle ? Errc::kMissingField : Errc::kOk;
  if (value.size() > kMaxLengths[slot]) return Errc::kTooLong;
  if (!is_valid_utf8(value)) return Errc::kInvalidUtf8;
  return has_form(slot, value) ? Errc::kOk : Errc::kInvalidField;
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kEscaped = "&<>\"'";
  const std::size_t number = kEscaped.find(c);
  if (number == std::string_view::npos) {
    out += c;
    return;
  }
  out += '&';
  out += word_at("amp lt gt quot #39", number + 1);
  out += ';';
}

// Locales are written en_GB in Open Graph and en-GB in HTML.
char separator_in(char c, std::size_t slot) noexcept {
  if (c != '-' && c != '_') return c;
  return slot == kLocale ? '_' : slot == kLanguage ? '-' : c;
}

// Writes one line of the page, or nothing when a value in it is empty.
void append_line(std::string& out, std::string_view line, const std::string_view* values) {
  const std::size_t begin = out.size();
  for (const char c : line) {
    if (c >= kNumSlots) {
      out += c;
      continue;
    }
    const auto slot = static_cast<std::size_t>(c);
    if (values[slot].empty()) return out.resize(begin);
    for (const char part : values[slot]) append_escaped(out, separator_in(part, slot));
  }
  out += '\n';
}

}  // namespace

Result<std::string> build_preview_page(const Preview& preview) {
  const std::string_view card = preview.image_url.empty() ? "summary" : "summary_large_image";
  const std::string_view values[kNumSlots] = {{},
                                              preview.url,
                                              preview.title,
                                              preview.description,
                                              preview.image_url,
                                              preview.site_name,
                                              preview.locale,
                                              preview.locale,
                                              card};
  for (std::size_t slot = kUrl; slot <= kLocale; ++slot) {
    if (const Errc wrong = check(slot, values[slot]); wrong != Errc::kOk)
      return {wrong, word_at(kNames, slot)};
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
