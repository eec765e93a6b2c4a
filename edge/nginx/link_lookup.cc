#include "edge/nginx/link_lookup.h"

#include <string>

#include "refedge/share_code.h"

namespace refedge::edge {
namespace {

LinkLookup unavailable(ngx_http_request_t* r, Worker& worker, const std::string& why) {
  if (worker.table_gate.opens(ngx_time())) ngx_log_error(NGX_LOG_ERR, r->connection->log, 0, "refedge: %s", why.c_str());
  return {LookupOutcome::kUnavailable, {}};
}

LinkLookup found(ngx_http_request_t* r, Worker& worker, std::string_view code, const Result<LinkRecord>& record) {
  if (record) return {LookupOutcome::kFound, *record};
  if (worker.damaged_link_gate.opens(ngx_time())) {
    const ngx_str_t text = to_ngx(code);
    ngx_log_error(NGX_LOG_ERR, r->connection->log, 0, "refedge: the record of link \"%V\" is damaged", &text);
  }
  return {LookupOutcome::kDamaged, {}};
}

}  // namespace

LinkLookup look_up_link(ngx_http_request_t* r, Worker& worker, std::string_view code) {
  LinkTableReader* links = worker.links(r->connection->log);
  if (links == nullptr) return is_share_code(code) ? LinkLookup{LookupOutcome::kUnavailable, {}} : LinkLookup{};
  if (const auto known = links->recall(code))
    return found(r, worker, code, reread_link_record(copy_to_pool(r->pool, *known)));
  if (!is_share_code(code)) return {};
  const auto snapshot = links->snapshot();
  if (!snapshot) return unavailable(r, worker, snapshot.message());
  const auto bytes = snapshot->find(code);
  if (!bytes) return unavailable(r, worker, bytes.message());
  if (!*bytes) return {};
  return found(r, worker, code, decode_link_record(copy_to_pool(r->pool, **bytes)));
}

}  // namespace refedge::edge
