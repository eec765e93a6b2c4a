#include "cli/doctor/url.h"

#include <curl/curl.h>

#include <memory>

namespace refedge::cli::doctor {
namespace {

struct Cleanup {
  void operator()(CURLU* handle) const { curl_url_cleanup(handle); }
};
using Handle = std::unique_ptr<CURLU, Cleanup>;

std::string part_of(CURLU* handle, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(handle, part, &text, flags) != CURLUE_OK) return {};
  const std::unique_ptr<char, decltype(&curl_free)> owner(text, curl_free);
  return text;
}

// curl percent-encodes what browsers do: blanks and what is not ASCII.
bool set_url(CURLU* handle, const std::string& text) {
  const bool is_text = text.find('\0') == std::string::npos;
  return is_text && curl_url_set(handle, CURLUPART_URL, text.c_str(), CURLU_URLENCODE) == CURLUE_OK;
}

std::optional<Url> read(CURLU* handle) {
  Url url{part_of(handle, CURLUPART_URL), part_of(handle, CURLUPART_SCHEME), part_of(handle, CURLUPART_HOST),
          part_of(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT), part_of(handle, CURLUPART_PATH)};
  for (char& c : url.host) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const bool is_web = url.scheme == "http" || url.scheme == "https";
  if (!is_web || url.host.empty() || !part_of(handle, CURLUPART_USER).empty()) return std::nullopt;
  url.text = url.text.substr(0, url.text.find('#'));
  return url;
}

}  // namespace

std::string Url::origin() const {
  const bool is_own_port = port == (scheme == "https" ? "443" : "80");
  return scheme + "://" + host + (is_own_port ? "" : ":" + port);
}

std::optional<Url> parse_url(const std::string& text) {
  const Handle handle(curl_url());
  if (!handle || !set_url(handle.get(), text)) return std::nullopt;
  return read(handle.get());
}

std::optional<Url> resolve_url(const Url& base, const std::string& text) {
  const Handle handle(curl_url());
  if (!handle || !set_url(handle.get(), base.text) || !set_url(handle.get(), text)) return std::nullopt;
  return read(handle.get());
}

}  // namespace refedge::cli::doctor
