#include <cstdint>
#include <new>

#include "edge/nginx/guard.h"
#include "edge/nginx/request_context.h"
#include "refedge/query.h"

namespace refedge::edge {
namespace {

// Each gives the value of a variable; made when it is asked for, since most requests are not logged with all of them.
std::string_view code_of(ngx_http_request_t*, const RequestContext& context) { return context.code; }
std::string_view click_id_of(ngx_http_request_t*, const RequestContext& context) { return context.click_id; }
std::string_view verdict_of(ngx_http_request_t*, const RequestContext& context) { return context.verdict; }

std::string_view market_of(ngx_http_request_t* r, const RequestContext& context) {
  if (context.location.empty()) return {};
  const MarketIdText text = format_market_id(context.market);
  return copy_to_pool(r->pool, {text.data(), text.size()});
}

// The referrer's user key: `ref` on the link's destination.
std::string_view user_of(ngx_http_request_t* r, const RequestContext& context) {
  const std::size_t query = context.location.find('?');
  if (query == std::string_view::npos) return {};
  const auto ref = capture_ref(context.location.substr(query));
  return ref ? copy_to_pool(r->pool, *ref) : std::string_view();
}

struct Variable {
  std::string_view name;
  std::string_view (*value)(ngx_http_request_t*, const RequestContext&);
};

constexpr Variable kVariables[] = {
    {"refedge_code", code_of},       {"refedge_user", user_of},     {"refedge_click_id", click_id_of},
    {"refedge_verdict", verdict_of}, {"refedge_market", market_of},
};

std::string_view value_of(ngx_http_request_t* r, uintptr_t index) {
  const auto* context = static_cast<const RequestContext*>(ngx_http_get_module_ctx(r, ngx_http_refedge_module));
  if (context == nullptr) return {};
  return guard(r->connection->log, std::string_view(), [&] { return kVariables[index].value(r, *context); });
}

ngx_int_t get_variable(ngx_http_request_t* r, ngx_http_variable_value_t* value, uintptr_t index) {
  const std::string_view text = value_of(r, index);
  value->valid = 1;
  value->no_cacheable = 0;
  value->not_found = text.empty();
  value->len = static_cast<unsigned>(text.size()) & 0xFFFFFFF;
  value->data = to_ngx(text).data;
  return NGX_OK;
}

}  // namespace

RequestContext& make_context(ngx_http_request_t* r) {
  auto* context = static_cast<RequestContext*>(ngx_http_get_module_ctx(r, ngx_http_refedge_module));
  if (context != nullptr) return *context;
  void* memory = ngx_palloc(r->pool, sizeof(RequestContext));
  if (memory == nullptr) throw std::bad_alloc();
  context = new (memory) RequestContext();
  ngx_http_set_ctx(r, context, ngx_http_refedge_module);
  return *context;
}

ngx_int_t add_variables(ngx_conf_t* cf) {
  for (uintptr_t i = 0; i < std::size(kVariables); ++i) {
    ngx_str_t name = to_ngx(kVariables[i].name);
    // Not cacheable: a value that is asked for before the handler ran must be asked for again by the log.
    ngx_http_variable_t* variable = ngx_http_add_variable(cf, &name, NGX_HTTP_VAR_NOCACHEABLE);
    if (variable == nullptr) return NGX_ERROR;
    variable->get_handler = get_variable;
    variable->data = i;
  }
  return NGX_OK;
}

}  // namespace refedge::edge
