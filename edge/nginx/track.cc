#include "edge/nginx/track.h"

#include <string_view>

#include "edge/nginx/config.h"
#include "edge/nginx/guard.h"
#include "edge/nginx/referral_cookie.h"
#include "edge/nginx/request_headers.h"

namespace refedge::edge {
namespace {

constexpr std::string_view kHeader = "Refedge-Attribution";
constexpr std::string_view kLowerHeader = "refedge-attribution";

ngx_int_t attribute_request(ngx_http_request_t* r) {
  remove_request_header(r, kLowerHeader);
  Worker& worker = worker_of(main_config(r));
  const std::string_view cookie = find_verified_cookie(r, worker);
  if (cookie.empty()) return NGX_DECLINED;
  add_request_header(r, kHeader, kLowerHeader, cookie);
  worker.count(Counter::kAttributed);
  return NGX_DECLINED;
}

}  // namespace

ngx_int_t handle_track(ngx_http_request_t* r) {
  if (location_config(r).track == 0) return NGX_DECLINED;
  return guard(r->connection->log, ngx_int_t{NGX_HTTP_INTERNAL_SERVER_ERROR}, [r] { return attribute_request(r); });
}

}  // namespace refedge::edge
