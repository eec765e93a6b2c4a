// What the market answers: the script and what it loads, the campaign's frame, the way of an order.
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "cli/doctor/checks.h"
#include "cli/doctor/integrity.h"
#include "refedge/percent.h"

namespace refedge::cli::doctor {
namespace {

struct File {
  std::string_view ending;  // of its name; empty: the script itself
  std::string_view type;    // how its content type begins
  bool is_always;           // else only where integrity.json lists it
};

constexpr std::string_view kJavaScript = "text/javascript";
constexpr std::array<File, 5> kFiles = {{
    {"", kJavaScript, true},
    {".min.js", kJavaScript, true},
    {".wasm", "application/wasm", true},
    {".wasm.js", kJavaScript, true},
    {"-friendbuy.min.js", kJavaScript, false},
}};

// How integrity.json names it.
std::string built_name(const File& file) {
  return file.ending.empty() ? "embedding.min.js" : "refedge" + std::string(file.ending);
}

bool is_type(std::string_view type, std::string_view wanted) {
  return type.starts_with(wanted) || (wanted == kJavaScript && type.starts_with("application/javascript"));
}

// Whether a page of the origin may read the answer.
bool may_read(const Response& response, const std::string& origin, bool with_cookies) {
  const std::string allowed = response.header("access-control-allow-origin");
  if (!with_cookies) return allowed == "*" || allowed == origin;
  return allowed == origin && response.header("access-control-allow-credentials") == "true";
}

// Where the script looks for it: beside itself, by the name that data-files begins.
std::string url_of(const Visit& visit, const File& file) {
  const ScriptTag& tag = visit.tags.front();
  if (file.ending.empty()) return tag.url.text;
  const std::string& files = visit.script_of(tag).files;
  const auto url = resolve_url(tag.url, (files.empty() ? "refedge" : files) + std::string(file.ending));
  return url ? url->text : tag.url.text;
}

void check_tag_integrity(const Visit& visit, const Response& script, Report& report) {
  const std::string& integrity = visit.script_of(visit.tags.front()).integrity;
  if (integrity.empty() || fits_integrity(script.body, integrity)) return;
  report.problem(
      "integrity_wrong",
      "The integrity attribute of the script's tag is not that of the file: browsers refuse to run it.",
      "Copy the hash of embedding.min.js from integrity.json beside it, or leave the attribute out.");
}

void check_file(const Visit& visit, const File& file, const Response& response, const std::string& hash,
                Report& report) {
  const std::string url = url_of(visit, file);
  if (!response.trouble.empty() || response.status != 200) {
    const std::string why =
        response.trouble.empty() ? "status " + std::to_string(response.status) : response.trouble;
    return report.problem(
        "file_missing", url + " cannot be loaded: " + why + ".",
        "Serve all files of the npm package's script beside each other on the market's subdomain.");
  }
  if (!is_type(response.header("content-type"), file.type)) {
    report.problem("file_type", url + " is sent as \"" + response.header("content-type") + "\".",
                   "Send it as " + std::string(file.type) + ".");
  }
  if (visit.url.origin() != visit.tags.front().url.origin() && !file.ending.empty() &&
      !may_read(response, visit.url.origin(), false)) {
    report.problem("file_cors", url + " may not be read by the shop's page.",
                   "Answer with Access-Control-Allow-Origin: *");
  }
  if (!hash.empty() && !fits_integrity(response.body, hash)) {
    report.problem("file_changed", url + " is not the file that integrity.json describes.",
                   "Copy all files from one build; a cache may hold an old one.");
  }
}

void check_frame_answer(const Visit& visit, const Response& response, const std::string& url,
                        Report& report) {
  const std::string embedder = visit.url.origin();
  const std::string options = response.header("x-frame-options");
  const auto policies = response.headers_named("content-security-policy");
  const auto refuses = [&](const std::string& header) {
    const auto frame = parse_url(response.url);
    if (!frame) return false;
    const auto read = read_policies(header, *frame);
    return !std::all_of(read.begin(), read.end(),
                        [&](const ContentPolicy& policy) { return policy.allows_ancestor(visit.url); });
  };
  const bool is_same = visit.market->origin() == embedder;
  if ((!options.empty() && !is_same) || std::any_of(policies.begin(), policies.end(), refuses)) {
    report.problem(
        "frame_refuses", url + " may not be shown in a frame of " + embedder + ".",
        "Remove X-Frame-Options for /iaf/, and see that the market's domain is of the shop's site.");
  }
}

void check_frame(const Visit& visit, const Snippet& snippet, Fetcher& fetcher, Report& report) {
  const std::string url = visit.market->origin() + "/iaf/" + percent_encode(snippet.campaign.text) + "/embed";
  const std::string query = "?market=" + percent_encode(snippet.market.text) +
                            "&locale=&origin=" + percent_encode(visit.url.origin());
  const Response response = fetcher.fetch({.url = url + query, .origin = {}, .is_preflight = false});
  if (!response.trouble.empty() || response.status != 200) {
    const std::string why =
        response.trouble.empty() ? "status " + std::to_string(response.status) : response.trouble;
    return report.problem("frame_missing", "The campaign's frame " + url + " cannot be loaded: " + why + ".",
                          "Look at the campaign's and the market's name in the snippet, and that the "
                          "market's host passes /iaf/ on to the origin.");
  }
  check_frame_answer(visit, response, url, report);
}

}  // namespace

void check_files(const Visit& visit, Fetcher& fetcher, Report& report) {
  if (visit.tags.empty()) return;
  const auto ask = [&](const std::string& url) {
    return fetcher.fetch({.url = url, .origin = visit.url.origin(), .is_preflight = false});
  };
  const auto list = resolve_url(visit.tags.front().url, "integrity.json");
  const Hashes hashes = list ? read_hashes(ask(list->text)) : Hashes();
  for (const File& file : kFiles) {
    const auto hash = hashes.find(built_name(file));
    if (!file.is_always && hash == hashes.end()) continue;
    const Response response = ask(url_of(visit, file));
    check_file(visit, file, response, hash == hashes.end() ? std::string() : hash->second, report);
    if (!file.ending.empty()) continue;
    if (response.status == 200) check_tag_integrity(visit, response, report);
    if (!response.trouble.empty()) return;  // the host does not answer: one finding is enough
  }
}

void check_frames(const Visit& visit, Fetcher& fetcher, Report& report) {
  if (!visit.market) return;
  std::set<std::string> seen;
  for (const Snippet& snippet : visit.snippets) {
    const bool is_known = snippet.embeds && !snippet.campaign.is_code && !snippet.campaign.is_missing() &&
                          !snippet.market.is_code;
    if (is_known && !snippet.has_placeholder && seen.size() < 4 && seen.insert(snippet.campaign.text).second)
      check_frame(visit, snippet, fetcher, report);
  }
}

void check_track(const Visit& visit, Fetcher& fetcher, Report& report) {
  if (!visit.market) return;
  const std::string url = visit.market->origin() + "/track";
  const Response response = fetcher.fetch({.url = url, .origin = visit.url.origin(), .is_preflight = true});
  if (!response.trouble.empty() || response.status < 200 || response.status > 299) {
    const std::string why =
        response.trouble.empty() ? "status " + std::to_string(response.status) : response.trouble;
    return report.problem("track_missing",
                          "Orders are sent to " + url + ", which cannot be reached: " + why + ".",
                          "See that the market's host passes /track on to the origin.");
  }
  if (visit.market->origin() == visit.url.origin() || may_read(response, visit.url.origin(), true)) return;
  report.problem("track_cors",
                 "The shop's pages may not read what " + url + " answers: an order is sent again and again.",
                 "Give the market a domain of the shop's site; a proxy before the origin must leave its CORS "
                 "headers alone.");
}

}  // namespace refedge::cli::doctor
