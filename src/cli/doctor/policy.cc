#include "cli/doctor/policy.h"

#include <algorithm>
#include <utility>

#include "cli/doctor/integrity.h"

namespace refedge::cli::doctor {
namespace {

std::vector<std::string> split(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t start = text.find_first_not_of(separators);
    if (start == std::string_view::npos) return parts;
    text.remove_prefix(start);
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

bool has(const std::vector<std::string>& sources, std::string_view keyword) {
  return std::any_of(sources.begin(), sources.end(),
                     [&](const std::string& source) { return lower(source) == keyword; });
}

bool has_nonce(const std::vector<std::string>& sources, const std::string& nonce) {
  return !nonce.empty() &&
         std::find(sources.begin(), sources.end(), "'nonce-" + nonce + "'") != sources.end();
}

// What a pattern's scheme lets through: https for http too.
bool fits_scheme(std::string_view pattern, std::string_view scheme) {
  return pattern == scheme || (pattern == "http" && scheme == "https");
}

bool fits_host(std::string_view pattern, std::string_view host) {
  if (!pattern.starts_with("*.")) return pattern == host;
  return host.size() > pattern.size() - 1 && host.ends_with(pattern.substr(1));
}

bool fits_port(std::string_view pattern, const Url& url) {
  const bool is_own = url.port == (url.scheme == "https" ? "443" : "80");
  if (pattern.empty()) return is_own;
  return pattern == "*" || pattern == url.port || (pattern == "80" && url.port == "443");
}

bool fits_path(std::string_view pattern, std::string_view path) {
  if (pattern.empty() || pattern == "/") return true;
  return pattern.ends_with('/') ? path.starts_with(pattern) : path == pattern;
}

// [scheme://]host[:port][path]
bool fits_host_source(std::string_view source, const Url& url, const Url& page) {
  std::string_view scheme = page.scheme;
  if (const std::size_t end = source.find("://"); end != std::string_view::npos) {
    scheme = source.substr(0, end);
    source.remove_prefix(end + 3);
  }
  const std::size_t slash = std::min(source.find('/'), source.size());
  const std::string_view path = source.substr(slash);
  const std::string_view authority = source.substr(0, slash);
  const std::size_t colon = authority.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
  const std::string_view port = has_port ? authority.substr(colon + 1) : std::string_view();
  return fits_scheme(lower(scheme), url.scheme) &&
         fits_host(lower(authority.substr(0, has_port ? colon : authority.size())), url.host) &&
         fits_port(port, url) && fits_path(path, url.path);
}

bool fits_source(const std::string& source, const Url& url, const Url& page) {
  if (source == "*") return true;  // of http and https
  if (source.ends_with(':')) return fits_scheme(lower(source.substr(0, source.size() - 1)), url.scheme);
  if (lower(source) == "'self'")
    return url.host == page.host && url.port == page.port && fits_scheme(page.scheme, url.scheme);
  return !source.starts_with('\'') && fits_host_source(source, url, page);
}

bool fits_any(const std::vector<std::string>& sources, const Url& url, const Url& page) {
  return std::any_of(sources.begin(), sources.end(),
                     [&](const std::string& source) { return fits_source(source, url, page); });
}

bool has_hash(const std::vector<std::string>& sources, const std::string& text) {
  const auto hashes = integrity_hashes(text);
  return std::any_of(hashes.begin(), hashes.end(), [&](const std::string& hash) {
    return std::find(sources.begin(), sources.end(), "'" + hash + "'") != sources.end();
  });
}

bool has_any_hash(const std::vector<std::string>& sources) {
  return std::any_of(sources.begin(), sources.end(), [](const std::string& source) {
    return source.starts_with("'sha") || source.starts_with("'nonce-");
  });
}

const std::vector<std::string_view> kScript = {"script-src-elem", "script-src", "default-src"};

}  // namespace

ContentPolicy::ContentPolicy(std::string_view text, Url page) : page_(std::move(page)) {
  for (const std::string& directive : split(text, ";")) {
    Sources words = split(directive, " \t\r\n\f");
    if (words.empty()) continue;
    const std::string name = lower(words.front());
    words.erase(words.begin());
    directives_.emplace(name, std::move(words));
  }
}

const ContentPolicy::Sources* ContentPolicy::in_charge(const Names& names) const {
  for (const std::string_view name : names) {
    if (const auto found = directives_.find(name); found != directives_.end()) return &found->second;
  }
  return nullptr;
}

bool ContentPolicy::allows_url(const Names& names, const Url& url) const {
  const Sources* sources = in_charge(names);
  return sources == nullptr || fits_any(*sources, url, page_);
}

bool ContentPolicy::allows_script(const Script& script, const Url& url) const {
  const Sources* sources = in_charge(kScript);
  if (sources == nullptr || has_nonce(*sources, script.nonce)) return true;
  if (has(*sources, "'strict-dynamic'")) return false;  // hosts do not count beside it
  return fits_any(*sources, url, page_);
}

bool ContentPolicy::allows_inline(const Script& script) const {
  const Sources* sources = in_charge(kScript);
  if (sources == nullptr || has_nonce(*sources, script.nonce)) return true;
  if (has_hash(*sources, script.text)) return true;
  return has(*sources, "'unsafe-inline'") && !has_any_hash(*sources) && !has(*sources, "'strict-dynamic'");
}

bool ContentPolicy::allows_frame(const Url& url) const {
  return allows_url({"frame-src", "child-src", "default-src"}, url);
}
bool ContentPolicy::allows_connection(const Url& url) const {
  return allows_url({"connect-src", "default-src"}, url);
}
bool ContentPolicy::allows_ancestor(const Url& url) const { return allows_url({"frame-ancestors"}, url); }

bool ContentPolicy::allows_wasm() const {
  const Sources* sources = in_charge({"script-src", "default-src"});
  return sources == nullptr || has(*sources, "'wasm-unsafe-eval'") || has(*sources, "'unsafe-eval'");
}

std::vector<ContentPolicy> read_policies(std::string_view header, const Url& page) {
  std::vector<ContentPolicy> policies;
  for (const std::string& policy : split(header, ",")) policies.emplace_back(policy, page);
  return policies;
}

}  // namespace refedge::cli::doctor
