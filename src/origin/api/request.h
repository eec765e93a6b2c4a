// What an endpoint sees of a request and says in return; no HTTP library in it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace refedge::origin {

// The views live as long as the request is handled. An absent header is empty.
struct Request {
  std::string_view path_value;  // what stands at the route's `*`
  std::string_view query;       // without '?'
  std::string_view body;
  std::string_view host;         // Host
  std::string_view page_origin;  // Origin
  std::string_view auth_id;
  std::string_view auth_token;
  std::string_view authorization;
  std::string_view attribution;  // Refedge-Attribution
};

struct Response {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};
};

// A response, which the caller may hold back: when `wait` is above 0 nothing is there to say yet, and the
// endpoint wants to be asked again when the store changes, or for the last time when `wait` is over.
struct Reply {
  Reply() = default;
  Reply(Response answer) : response(std::move(answer)) {}
  Reply(Response answer, std::chrono::seconds for_at_most) : response(std::move(answer)), wait(for_at_most) {}

  Response response;
  std::chrono::seconds wait{0};
};

}  // namespace refedge::origin
