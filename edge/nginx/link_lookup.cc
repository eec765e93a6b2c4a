#include "edge/nginx/link_lookup.h"

#include <optional>
#include <string>

#include "refedge/share_code.h"

namespace refedge::edge {
namespace {

LinkLookup unavailable(ngx_http_request_t* r, Worker& worker, const std::string& why) {
  if (worker.table_gate.opens(ngx_time())) ngx_log_error(NGX_LOG_ERR, r->connection->log, 0, "refedge: %s", why.c_str());
  return {LookupOutcome::kUnavailable, {}};
}

// The record outlives what it was read from.
LinkLookup keep(ngx_http_request_t* r, const LinkRecord& record) {
  LinkLookup found{LookupOutcome::kFound, record};
  found.record.location = copy_to_pool(r->pool, record.location);
  return found;
}

LinkLookup decode(ngx_http_request_t* r, Worker& worker, std::string_view code, std::string_view bytes) {
  const auto record = decode_link_record(bytes);
  if (record) return keep(r, *record);
  if (worker.damaged_link_gate.opens(ngx_time())) {
    const ngx_str_t text = to_ngx(code);
    ngx_log_error(NGX_LOG_ERR, r->connection->log, 0, "refedge: the record of link \"%V\" is damaged", &text);
  }
  return {};
}

// A link that was found lately. None for every doubt: a snapshot knows.
std::optional<LinkLookup> recall(ngx_http_request_t* r, LinkTableReader& links, std::string_view code) {
  const auto bytes = links.recall(code);
  if (!bytes) return std::nullopt;
  const auto record = decode_link_record(*bytes);
  if (!record) return std::nullopt;
  const LinkLookup found = keep(r, *record);
  return links.recall_holds() ? std::optional(found) : std::nullopt;
}

}  // namespace

LinkLookup look_up_link(ngx_http_request_t* r, Worker& worker, std::string_view code) {
  LinkTableReader* links = worker.links(r->connection->log);
  if (links == nullptr) return is_share_code(code) ? LinkLookup{LookupOutcome::kUnavailable, {}} : LinkLookup{};
  if (const auto known = recall(r, *links, code)) return *known;
  if (!is_share_code(code)) return {};
  const auto snapshot = links->snapshot();
  if (!snapshot) return unavailable(r, worker, snapshot.message());
  const auto bytes = snapshot->find(code);
  if (!bytes) return unavailable(r, worker, bytes.message());
  if (!*bytes) return {};
  return decode(r, worker, code, **bytes);
}

}  // namespace refedge::edge
