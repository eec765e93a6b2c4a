#include "origin/domain/web_address.h"

#include <curl/curl.h>

#include <memory>
#include <string>

namespace refedge::origin {
namespace {

struct Cleanup {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

bool is_printable(std::string_view text) {
  for (const char c : text) {
    if (c < 0x21 || c > 0x7e) return false;
  }
  return true;
}

bool has_part(CURLU* url, CURLUPart part) {
  char* value = nullptr;
  const bool has = curl_url_get(url, part, &value, 0) == CURLUE_OK && value != nullptr && *value != '\0';
  curl_free(value);
  return has;
}

}  // namespace

bool is_web_address(std::string_view text) {
  if (text.size() > kMaxDestinationLength || !is_printable(text)) return false;
  const std::size_t host = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : text.size();
  // curl takes "https:///x" for "https://x"; a browser may not.
  if (host >= text.size() || text[host] == '/') return false;
  const std::unique_ptr<CURLU, Cleanup> url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(), 0) != CURLUE_OK) return false;
  return has_part(url.get(), CURLUPART_HOST) && !has_part(url.get(), CURLUPART_USER) &&
         !has_part(url.get(), CURLUPART_PASSWORD);
}

}  // namespace refedge::origin
