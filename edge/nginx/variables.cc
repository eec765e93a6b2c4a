#include <cstdint>
#include <new>

#include "edge/nginx/request_context.h"

namespace refedge::edge {
namespace {

using Member = std::string_view RequestContext::*;

struct Variable {
  std::string_view name;
  Member member;
};

constexpr Variable kVariables[] = {
    {"refedge_code", &RequestContext::code},
    {"refedge_click_id", &RequestContext::click_id},
    {"refedge_verdict", &RequestContext::verdict},
};

ngx_int_t get_variable(ngx_http_request_t* r, ngx_http_variable_value_t* value, uintptr_t index) {
  const auto* context = static_cast<const RequestContext*>(ngx_http_get_module_ctx(r, ngx_http_refedge_module));
  const std::string_view text = context == nullptr ? std::string_view() : context->*kVariables[index].member;
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
