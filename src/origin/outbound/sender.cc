#include "origin/outbound/sender.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <memory>

namespace refedge::origin {

namespace ip = boost::asio::ip;

namespace {

constexpr long kConnectSeconds = 5;
constexpr long kTotalSeconds = 15;

struct CleanupHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct CleanupList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, CleanupList>;

struct Guard {
  const AddressPolicy& policy;
  bool has_refused = false;
};

ip::tcp::endpoint endpoint_of(const curl_sockaddr& from) {
  ip::tcp::endpoint endpoint;
  const std::size_t size = from.family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
  std::memcpy(endpoint.data(), &from.addr, size);
  return endpoint;
}

// curl asks for a socket once it knows the address that it is going to connect to: a name that resolves to
// something else the second time is held against the policy again.
curl_socket_t open_socket(void* data, curlsocktype /*purpose*/, curl_sockaddr* address) {
  auto& guard = *static_cast<Guard*>(data);
  const bool is_internet = address->family == AF_INET || address->family == AF_INET6;
  if (!is_internet || !guard.policy.allows(endpoint_of(*address))) {
    guard.has_refused = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t discard(char* /*data*/, std::size_t size, std::size_t count, void* /*user*/) {
  return size * count;
}

int ask_to_stop(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::atomic<bool>*>(data)->load() ? 1 : 0;
}

Headers make_headers(const Delivery& delivery) {
  const std::string id = "Refedge-Delivery: " + delivery.delivery_id;
  constexpr std::array<const char*, 3> kFixed = {"Content-Type: application/json", "User-Agent: refedge",
                                                 "Expect:"};
  Headers headers(curl_slist_append(nullptr, id.c_str()));
  for (const char* header : kFixed) curl_slist_append(headers.get(), header);
  return headers;
}

void set_limits(CURL* handle, const std::atomic<bool>& should_stop) {
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");  // else the environment's: it would connect for us, unguarded
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, kTotalSeconds);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, ask_to_stop);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &should_stop);
}

void set_request(CURL* handle, const Delivery& delivery, const Headers& headers, Guard& guard) {
  curl_easy_setopt(handle, CURLOPT_URL, delivery.url.c_str());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(delivery.body.size()));
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, delivery.body.c_str());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, discard);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &guard);
}

}  // namespace

SendResult send(const Delivery& delivery, const AddressPolicy& policy, const std::atomic<bool>& should_stop) {
  // Once, before any thread's first handle; a static is made by one thread alone.
  static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (kReady != CURLE_OK) return {false, "libcurl cannot be used"};
  const std::unique_ptr<CURL, CleanupHandle> handle(curl_easy_init());
  if (!handle) return {false, "no memory"};
  const Headers headers = make_headers(delivery);
  Guard guard{policy};
  set_limits(handle.get(), should_stop);
  set_request(handle.get(), delivery, headers, guard);
  const CURLcode code = curl_easy_perform(handle.get());
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  if (code != CURLE_OK && guard.has_refused) return {false, "address refused"};
  if (code != CURLE_OK) return {false, curl_easy_strerror(code)};
  return {status >= 200 && status <= 299, "status " + std::to_string(status)};
}

}  // namespace refedge::origin
