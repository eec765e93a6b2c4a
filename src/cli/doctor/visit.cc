#include "cli/doctor/visit.h"

#include <utility>

namespace refedge::cli::doctor {
namespace {

constexpr std::string_view kScriptName = "/embedding.min.js";

std::vector<ScriptTag> find_tags(const Page& page, const Url& base) {
  std::vector<ScriptTag> tags;
  for (std::size_t i = 0; i < page.scripts.size(); ++i) {
    if (!page.scripts[i].has_src) continue;
    auto url = resolve_url(base, page.scripts[i].src);
    // A shop may give it another name; then it says where the rest is.
    const bool is_ours = url && (url->path.ends_with(kScriptName) || !page.scripts[i].files.empty());
    if (is_ours) tags.push_back({i, std::move(*url)});
  }
  return tags;
}

std::optional<Url> find_market(const Visit& visit) {
  for (const Snippet& snippet : visit.snippets) {
    if (snippet.url.is_missing() || snippet.url.is_code) continue;
    if (auto url = resolve_url(visit.url, snippet.url.text)) return url;
  }
  if (!visit.snippets.empty() && !visit.snippets.front().url.is_code) return std::nullopt;
  return visit.tags.empty() ? std::nullopt : std::optional<Url>(visit.tags.front().url);
}

std::vector<ContentPolicy> find_policies(const Visit& visit) {
  std::vector<ContentPolicy> policies;
  const auto add = [&](const std::string& text) {
    for (ContentPolicy& policy : read_policies(text, visit.url)) policies.push_back(std::move(policy));
  };
  for (const std::string& header : visit.response.headers_named("content-security-policy")) add(header);
  for (const std::string& meta : visit.page.policies) add(meta);
  return policies;
}

}  // namespace

Visit make_visit(Url url, Response response) {
  Visit visit{.url = std::move(url),
              .response = std::move(response),
              .page = {},
              .snippets = {},
              .policies = {},
              .tags = {},
              .market = {}};
  visit.page = read_page(visit.response.body);
  visit.snippets = find_snippets(visit.page);
  const auto base = visit.page.base.empty() ? std::nullopt : resolve_url(visit.url, visit.page.base);
  visit.tags = find_tags(visit.page, base ? *base : visit.url);
  visit.policies = find_policies(visit);
  visit.market = find_market(visit);
  return visit;
}

}  // namespace refedge::cli::doctor
