// What the page itself shows.
#include <algorithm>
#include <string>
#include <string_view>

#include "cli/doctor/checks.h"
#include "origin/domain/site.h"

namespace refedge::cli::doctor {
namespace {

constexpr std::string_view kLoopback[] = {"localhost", "127.0.0.1", "[::1]"};

bool is_loopback(const Url& url) {
  const bool is_name = std::find(std::begin(kLoopback), std::end(kLoopback), url.host) != std::end(kLoopback);
  return is_name || url.host.ends_with(".localhost");
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

std::string market_origin(const Visit& visit) {
  return visit.market ? visit.market->origin() : "https://bp.your-shop.com";
}

std::string tag_of(const Visit& visit) {
  return "<script src=\"" + market_origin(visit) + "/embedding.min.js\"></script>";
}

void check_https(const Visit& visit, Report& report) {
  if (visit.url.scheme == "https" || is_loopback(visit.url)) return;
  report.problem("not_https", "The page is sent over http.",
                 "Serve the page over https: browsers keep the referral's Secure cookies there alone.");
}

// A shared cache that stores a Set-Cookie hands one visitor's referral to all others.
void check_caching(const Visit& visit, Report& report) {
  const auto cookies = visit.response.headers_named("set-cookie");
  const bool has_referral = std::any_of(cookies.begin(), cookies.end(), [](const std::string& cookie) {
    return cookie.starts_with("_refedge");
  });
  if (cookies.empty()) return;
  const std::string control = lower(visit.response.header("cache-control"));
  const bool is_private =
      control.find("private") != std::string::npos || control.find("no-store") != std::string::npos;
  const bool is_shared =
      control.find("public") != std::string::npos || control.find("s-maxage") != std::string::npos;
  const std::string age = visit.response.header("age");
  const bool is_from_cache = !age.empty() && age != "0";
  if (!is_from_cache && (is_private || !is_shared)) return;
  const std::string name = has_referral ? "the referral cookie" : "a cookie";
  report.problem(
      "cached_cookie",
      "The page sets " + name +
          (is_from_cache ? " and comes from a shared cache." : " and lets shared caches store it."),
      "Let caches drop Set-Cookie, or answer with Cache-Control: private: else visitors get each other's "
      "cookies.");
}

void check_tag_host(const Visit& visit, const ScriptTag& tag, Report& report) {
  if (tag.url.scheme == "http" && visit.url.scheme == "https") {
    report.problem("script_http", "The script is loaded over http on an https page: browsers block it.",
                   "Use " + tag_of(visit));
  }
  if (!visit.market || visit.market->origin() == tag.url.origin() || tag.url.scheme != visit.market->scheme)
    return;
  report.problem("script_foreign_host",
                 "The script comes from " + tag.url.host + ", the snippet names " + visit.market->host + ".",
                 "Load it from the market's own subdomain: " + tag_of(visit));
}

void check_tag_order(const Visit& visit, const ScriptTag& tag, Report& report) {
  const auto first = std::find_if(visit.snippets.begin(), visit.snippets.end(),
                                  [](const Snippet& snippet) { return snippet.runs_at_once; });
  if (first == visit.snippets.end()) return;
  if (first->script < tag.place) {
    report.problem("script_after_snippet", "The snippet stands before the script that it needs.",
                   "Move the script's tag up into <head>, above the snippet.");
  } else if (visit.script_of(tag).is_late) {
    report.problem("script_late",
                   "The script's tag has async, defer or type=module, but the snippet runs at once.",
                   "Remove async and defer from the tag, or use the asynchronous snippet of docs/embed.md.");
  }
}

void check_integrity_attributes(const Visit& visit, const ScriptTag& tag, Report& report) {
  const Script& script = visit.script_of(tag);
  if (script.integrity.empty() || script.has_crossorigin || tag.url.origin() == visit.url.origin()) return;
  report.problem("integrity_without_crossorigin",
                 "The script's tag has integrity but no crossorigin: browsers refuse to run it.",
                 "Add crossorigin=\"anonymous\" to the tag.");
}

void check_element(const Visit& visit, const Value& id, bool is_error, Report& report) {
  if (id.is_missing() || id.is_code) return;
  const auto named = [&](const Element& element) { return element.id == id.text; };
  const auto& elements = visit.page.elements;
  const auto count = std::count_if(elements.begin(), elements.end(), named);
  if (count == 0) {
    report.problem(is_error ? "error_element_missing" : "container_missing",
                   "The snippet names " + quoted(id.text) + ", but no element has this id.",
                   is_error ? "Add <div id=" + quoted(id.text) +
                                  " style=\"display: none;\">Sorry, something went wrong</div>"
                            : "Add <div id=" + quoted(id.text) + "></div> where the campaign belongs.");
    return;
  }
  if (count > 1)
    report.problem("id_twice", std::to_string(count) + " elements have the id " + quoted(id.text) + ".",
                   "Give each element an id of its own.");
  if (is_error && !std::find_if(elements.begin(), elements.end(), named)->is_hidden) {
    report.note("error_element_shown", "The error element " + quoted(id.text) + " is visible from the start.",
                "Give it style=\"display: none;\", unless a style sheet hides it.");
  }
}

void check_og_url(const Visit& visit, const Snippet& snippet, Report& report) {
  if (!snippet.embeds || snippet.campaign.is_code || snippet.campaign.is_missing()) return;
  const std::string wanted = market_origin(visit) + "/iaf/" + snippet.campaign.text + "/og";
  const std::string tag = "<meta property=\"og:url\" content=\"" + wanted + "\"/>";
  const auto& urls = visit.page.og_urls;
  if (urls.empty())
    return report.problem(
        "og_url_missing",
        "There is no og:url: who shares this page shares it without the campaign's picture.",
        "Add to <head>: " + tag);
  if (urls.front() == wanted) return;
  report.problem(
      "og_url_wrong", "og:url is " + quoted(urls.front()) + ".",
      (urls.size() > 1 ? "Several og:url stand in the page and the first counts. Leave this one alone: "
                       : "It should be: ") +
          tag);
}

void check_constructor(const Snippet& snippet, Report& report) {
  if (snippet.url.is_missing()) {
    report.problem("snippet_url", "new Buyapowa() is given no url.",
                   "Give it the market's address: {url: \"https://bp.your-shop.com\", market: …}");
  }
  if (snippet.market.is_missing()) {
    report.problem("snippet_market", "new Buyapowa() is given no market.",
                   "Give it the market's name: {url: …, market: \"your-market\"}");
  }
  if (snippet.has_placeholder) {
    report.problem("placeholder_left", "A placeholder of the manual stands in the snippet.",
                   "Replace every {{name}} and <name> by its value.");
  }
  if (snippet.embeds && snippet.campaign.is_missing()) {
    report.problem("campaign_missing", "embedReferAFriend() is given no campaign.",
                   "Give it the campaign's name: {\"campaign\": \"refer-a-friend\"}");
  }
}

}  // namespace

void check_answer(const Visit& visit, Report& report) {
  const Response& response = visit.response;
  if (response.status != 200) {
    report.problem("page_status", "The page answers with status " + std::to_string(response.status) + ".",
                   "Look at the address: visitors must get the page, with status 200.");
  }
  if (!lower(response.header("content-type")).starts_with("text/html")) {
    report.problem("page_type", "The page says that it is " + quoted(response.header("content-type")) + ".",
                   "Send it as text/html.");
  }
  if (response.is_cut || visit.page.is_cut) {
    report.note("page_cut", "The page is very long; only its beginning was looked at.",
                "Look at a smaller page with the same snippet.");
  }
  check_https(visit, report);
  check_caching(visit, report);
}

void check_script(const Visit& visit, Report& report) {
  if (visit.tags.empty()) {
    const auto names_it = [](const Script& script) {
      return script.text.find("embedding.min.js") != std::string::npos;
    };
    const bool is_loaded_by_code =
        std::any_of(visit.page.scripts.begin(), visit.page.scripts.end(), names_it);
    if (is_loaded_by_code)
      return report.note("script_by_code", "The script has no tag; other code of the page loads it.",
                         "Look into the browser's network tab whether it does.");
    return report.problem("script_missing", "The page does not load embedding.min.js.",
                          "Add to <head>: " + tag_of(visit));
  }
  if (visit.tags.size() > 1)
    report.note("script_twice", "The page loads the script " + std::to_string(visit.tags.size()) + " times.",
                "Leave one tag, in <head>.");
  const ScriptTag& tag = visit.tags.front();
  check_tag_host(visit, tag, report);
  check_tag_order(visit, tag, report);
  check_integrity_attributes(visit, tag, report);
}

void check_snippets(const Visit& visit, Report& report) {
  if (visit.snippets.empty() && !visit.tags.empty()) {
    report.note(
        "snippet_missing",
        "There is no new Buyapowa() in the page: the script remembers who sent a visitor, and nothing else.",
        "Where the campaign or the order belongs, add the snippet of the manual.");
  }
  for (const Snippet& snippet : visit.snippets) {
    check_constructor(snippet, report);
    check_element(visit, snippet.container, false, report);
    check_element(visit, snippet.error, true, report);
    check_og_url(visit, snippet, report);
  }
}

void check_site(const Visit& visit, Report& report) {
  if (!visit.market) return;
  if (visit.market->scheme != "https" && !is_loopback(*visit.market)) {
    report.problem("market_not_https", "The market is asked over http.",
                   "Write https:// in the snippet's url: cookies and orders need it.");
  }
  if (origin::is_of_site(visit.url.origin(), visit.market->host)) return;
  report.problem("other_site",
                 "The market answers on " + visit.market->host + ", the shop on " + visit.url.host +
                     ": browsers take its cookies for a stranger's.",
                 "Let the market answer on a subdomain of " + origin::registrable_domain(visit.url.host) +
                     ", for example bp." + origin::registrable_domain(visit.url.host) + ".");
}

}  // namespace refedge::cli::doctor
