#include "cli/doctor/fetch.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace refedge::cli::doctor {
namespace {

struct Cleanup {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, Cleanup>;
using Headers = std::unique_ptr<curl_slist, Cleanup>;

boost::asio::ip::tcp::endpoint endpoint_of(const curl_sockaddr& from) {
  boost::asio::ip::tcp::endpoint endpoint;
  std::memcpy(endpoint.data(), &from.addr,
              from.family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6));
  return endpoint;
}

curl_socket_t open_socket(void* data, curlsocktype /*purpose*/, curl_sockaddr* address) {
  const bool is_internet = address->family == AF_INET || address->family == AF_INET6;
  if (!is_internet || !static_cast<AddressGuard*>(data)->admits(endpoint_of(*address)))
    return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* user) {
  auto& response = *static_cast<Response*>(user);
  const std::size_t room = kMaxBodyBytes - response.body.size();
  response.body.append(data, std::min(size * count, room));
  response.is_cut = size * count > room;
  return response.is_cut ? 0 : size * count;
}

constexpr std::string_view kBlanks = " \t\r\n";

std::string trim(std::string_view text) {
  const std::size_t start = text.find_first_not_of(kBlanks);
  if (start == std::string_view::npos) return {};
  return std::string(text.substr(start, text.find_last_not_of(kBlanks) + 1 - start));
}

// Each answer starts with its status line: what a redirect said before is not the page's.
std::size_t take_header(char* data, std::size_t size, std::size_t count, void* user) {
  auto& response = *static_cast<Response*>(user);
  const std::string_view line(data, size * count);
  if (line.starts_with("HTTP/")) response.headers.clear();
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return size * count;
  std::string name(line.substr(0, colon));
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  response.headers.emplace_back(std::move(name), trim(line.substr(colon + 1)));
  return size * count;
}

void set_limits(CURL* handle) {
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(handle, CURLOPT_MAXREDIRS, kMaxRedirects);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");  // else the environment's: it would connect for us, unguarded
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, kFetchSeconds);
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "Mozilla/5.0 (compatible; refedge doctor)");
}

Headers set_request(CURL* handle, const Request& request) {
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  Headers headers;
  const auto add = [&](const std::string& line) {
    headers.reset(curl_slist_append(headers.release(), line.c_str()));
  };
  if (!request.origin.empty()) add("Origin: " + request.origin);
  if (request.is_preflight) {
    add("Access-Control-Request-Method: POST");
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, "OPTIONS");
  }
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  return headers;
}

void set_receivers(CURL* handle, Response& response, AddressGuard& guard) {
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &response);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &response);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &guard);
}

std::string trouble_of(CURLcode code, const AddressGuard& guard) {
  if (guard.has_refused()) return "it leads to an address of a private network";
  if (code == CURLE_TOO_MANY_REDIRECTS)
    return "it redirects more than " + std::to_string(kMaxRedirects) + " times";
  if (code == CURLE_UNSUPPORTED_PROTOCOL) return "it leads to something that is neither http nor https";
  if (code == CURLE_OPERATION_TIMEDOUT)
    return "there was no answer within " + std::to_string(kFetchSeconds) + " seconds";
  return curl_easy_strerror(code);
}

}  // namespace

std::string Response::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

std::vector<std::string> Response::headers_named(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : headers) {
    if (key == name) values.push_back(value);
  }
  return values;
}

bool AddressGuard::admits(const boost::asio::ip::tcp::endpoint& endpoint) {
  const bool is_public = policy_.allows(endpoint);
  if (!is_public_) is_public_ = is_public;
  has_refused_ |= *is_public_ && !is_public;
  return !*is_public_ || is_public;
}

Response Fetcher::fetch(const Request& request) {
  Response response;
  const Handle handle(curl_easy_init());
  if (!handle) {
    response.trouble = "libcurl cannot be used";
    return response;
  }
  guard_.forget_refusal();
  set_limits(handle.get());
  if (!ca_file_.empty()) curl_easy_setopt(handle.get(), CURLOPT_CAINFO, ca_file_.c_str());
  const Headers headers = set_request(handle.get(), request);
  set_receivers(handle.get(), response, guard_);
  const CURLcode code = curl_easy_perform(handle.get());
  const bool is_answered = code == CURLE_OK || (code == CURLE_WRITE_ERROR && response.is_cut);
  if (!is_answered) response.trouble = trouble_of(code, guard_);
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &response.status);
  char* url = nullptr;
  curl_easy_getinfo(handle.get(), CURLINFO_EFFECTIVE_URL, &url);
  response.url = url == nullptr ? request.url : url;
  return response;
}

}  // namespace refedge::cli::doctor
