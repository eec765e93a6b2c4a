#include "edge/agent/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <utility>

#include "refedge/secret.h"

namespace refedge::edge {
namespace {

constexpr std::size_t kMaxAnswer = std::size_t{16} << 20;

struct FreeUrl {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};

bool has_part(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  const bool present = curl_url_get(url, part, &text, 0) == CURLUE_OK;
  curl_free(text);
  return present;
}

// The parts that would put a secret in a log or be lost when a path is appended.
bool is_plain_origin(const std::string& origin) {
  if (!origin.starts_with("http://") && !origin.starts_with("https://")) return false;
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  if (url == nullptr || curl_url_set(url.get(), CURLUPART_URL, origin.c_str(), 0) != CURLUE_OK) return false;
  constexpr std::array kUnwanted = {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT};
  return std::none_of(kUnwanted.begin(), kUnwanted.end(), [&](CURLUPart part) { return has_part(url.get(), part); });
}

bool is_token(std::string_view token) {
  return !token.empty() && std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

std::size_t collect(char* data, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  const std::size_t bytes = size * count;
  if (body.size() + bytes > kMaxAnswer) return 0;  // makes libcurl fail with CURLE_WRITE_ERROR
  body.append(data, bytes);
  return bytes;
}

int stop_if_asked(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const StopSignal*>(stop)->requested() ? 1 : 0;
}

}  // namespace

struct HttpClient::State {
  State(const Options& options, const StopSignal& stop_signal)
      : origin(options.origin), answer_timeout(options.answer_timeout), stop(&stop_signal) {
    while (origin.ends_with('/')) origin.pop_back();
    std::string authorization = "Authorization: Bearer ";
    authorization.append(options.token);
    headers = curl_slist_append(headers, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Expect:");  // no 100-continue round trip
    headers = curl_slist_append(headers, authorization.c_str());
    wipe(authorization);
    curl = curl_easy_init();
    configure(options.connect_timeout);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    for (curl_slist* line = headers; line != nullptr; line = line->next)
      for (volatile char* c = line->data; *c != '\0'; ++c) *c = ' ';
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
  }

  void configure(std::chrono::milliseconds connect_timeout) {
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "refedge-agent");
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, stop_if_asked);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, stop);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
  }

  IoResult<HttpAnswer> perform(const std::string& target, std::chrono::milliseconds patience) {
    HttpAnswer answer;
    const std::string url = origin + target;
    const auto timeout = static_cast<long>((answer_timeout + patience).count());
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    const CURLcode code = curl_easy_perform(curl);
    if (code == CURLE_ABORTED_BY_CALLBACK) return IoError{"a request to " + origin + " was given up: stopping"};
    if (code != CURLE_OK) return IoError{origin + ": " + curl_easy_strerror(code)};
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    return answer;
  }

  std::string origin;
  std::chrono::milliseconds answer_timeout;
  const StopSignal* stop;
  curl_slist* headers = nullptr;
  CURL* curl = nullptr;
};

IoResult<HttpClient> HttpClient::open(const Options& options, const StopSignal& stop) {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (initialised != CURLE_OK) return IoError{"libcurl cannot be initialised"};
  // Not repeated in the message: an operator may have put a password in it.
  if (!is_plain_origin(options.origin))
    return IoError{"the origin's URL must be http:// or https://, a host and nothing secret or after a '?'"};
  if (!is_token(options.token)) return IoError{"the edge token must be printable ASCII without spaces"};
  auto state = std::make_unique<State>(options, stop);
  if (state->curl == nullptr || state->headers == nullptr) return IoError{"out of memory"};
  return HttpClient(std::move(state));
}

HttpClient::HttpClient(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

IoResult<HttpAnswer> HttpClient::get(const std::string& target, std::chrono::milliseconds patience) {
  curl_easy_setopt(state_->curl, CURLOPT_HTTPGET, 1L);
  return state_->perform(target, patience);
}

IoResult<HttpAnswer> HttpClient::post(const std::string& target, const std::string& json) {
  curl_easy_setopt(state_->curl, CURLOPT_POST, 1L);
  curl_easy_setopt(state_->curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(json.size()));
  curl_easy_setopt(state_->curl, CURLOPT_POSTFIELDS, json.c_str());
  return state_->perform(target, std::chrono::milliseconds(0));
}

}  // namespace refedge::edge
