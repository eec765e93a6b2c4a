#include "edge/nginx/status.h"

#include <string>

#include "edge/nginx/answers.h"
#include "edge/nginx/config.h"
#include "edge/nginx/guard.h"
#include "edge/nginx/request_headers.h"
#include "edge/nginx/status_report.h"
#include "refedge/query.h"

namespace refedge::edge {
namespace {

struct FormatName {
  std::string_view name;
  StatusFormat format;
};
constexpr FormatName kFormats[] = {{"json", StatusFormat::kJson}, {"prometheus", StatusFormat::kPrometheus}};

// `?format=` rules; then what the directive says; then an Accept header that asks for text as Prometheus
// does.
StatusFormat choose_format(ngx_http_request_t* r) {
  const auto asked = find_query_param(to_view(r->args), "format");
  for (const FormatName& known : kFormats)
    if (asked && *asked == known.name) return known.format;
  if (location_config(r).status_format != NGX_CONF_UNSET_UINT)
    return static_cast<StatusFormat>(location_config(r).status_format);
  const std::string_view accept = find_request_header(r, "accept");
  const bool wants_text = accept.find("text/plain") != std::string_view::npos ||
                          accept.find("openmetrics") != std::string_view::npos;
  return wants_text ? StatusFormat::kPrometheus : StatusFormat::kJson;
}

StatusFacts gather(ngx_http_request_t* r) {
  MainConfig& config = main_config(r);
  Worker& worker = worker_of(config);
  StatusFacts facts{.counters = counters_of(*config.counters),
                    .links = {},
                    .spool_bytes = {},
                    .spool_max_bytes = config.spool_max_bytes};
  if (LinkTableReader* links = worker.links(r->connection->log)) {
    if (auto info = links->info()) facts.links = *info;
  }
  if (facts.links) facts.links_age_seconds = ngx_time() - facts.links->written_at;
  if (config.spool_directory.len != 0)
    if (const auto bytes = worker.spool_bytes()) facts.spool_bytes = *bytes;
  return facts;
}

ngx_int_t report(ngx_http_request_t* r) {
  if ((r->method & (NGX_HTTP_GET | NGX_HTTP_HEAD)) == 0) return answer_method_not_allowed(r);
  if (const ngx_int_t discarded = ngx_http_discard_request_body(r); discarded != NGX_OK) return discarded;
  const StatusFormat format = choose_format(r);
  const std::string_view text = copy_to_pool(r->pool, write_status(gather(r), format));
  return answer_status(r, status_content_type(format), text);
}

}  // namespace

ngx_int_t handle_status(ngx_http_request_t* r) {
  return guard(r->connection->log, ngx_int_t{NGX_HTTP_INTERNAL_SERVER_ERROR}, [r] { return report(r); });
}

}  // namespace refedge::edge
