#include "edge/nginx/preview.h"

#include <string>

#include "refedge/preview.h"

namespace refedge::edge {
namespace {

bool is_tls(const ngx_http_request_t* r) noexcept {
#if (NGX_HTTP_SSL)
  return r->connection->ssl != nullptr;
#else
  return false;
#endif
}

in_port_t local_port(ngx_http_request_t* r) noexcept {
  if (ngx_connection_local_sockaddr(r->connection, nullptr, 0) != NGX_OK) return 0;
  return ngx_inet_get_port(r->connection->local_sockaddr);
}

// The host as nginx itself puts it into its redirects: the configured name where the operator says so.
std::string_view host_of(ngx_http_request_t* r) noexcept {
  const auto* core =
      static_cast<ngx_http_core_loc_conf_t*>(ngx_http_get_module_loc_conf(r, ngx_http_core_module));
  if (core->server_name_in_redirect == 0) return to_view(r->headers_in.server);
  const auto* server =
      static_cast<ngx_http_core_srv_conf_t*>(ngx_http_get_module_srv_conf(r, ngx_http_core_module));
  return to_view(server->server_name);
}

// What share links and hosts are made of. A request with anything else in its path or Host header is somebody's attempt to
// get text of their own into the page.
bool is_plain(std::string_view text) noexcept {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/[]:";
  return !text.empty() && text.find_first_not_of(kPlain) == std::string_view::npos;
}

// The share link as it was asked for, without its query; empty when it is no plain one.
std::string share_link(ngx_http_request_t* r) {
  const bool tls = is_tls(r);
  const in_port_t port = local_port(r);
  if (!is_plain(host_of(r)) || !is_plain(to_view(r->uri))) return {};
  std::string url = tls ? "https://" : "http://";
  url.append(host_of(r));
  const auto* core =
      static_cast<ngx_http_core_loc_conf_t*>(ngx_http_get_module_loc_conf(r, ngx_http_core_module));
  if (core->port_in_redirect != 0 && port != (tls ? 443 : 80)) url.append(":").append(std::to_string(port));
  return url.append(to_view(r->uri));
}

}  // namespace

std::string_view make_preview(ngx_http_request_t* r, const LinkPreview& preview) {
  if (preview.title.empty()) return {};
  const auto page = build_preview_page({share_link(r), preview.title, preview.description, preview.image_url,
                                        preview.site_name, preview.locale});
  return page ? copy_to_pool(r->pool, *page) : std::string_view();
}

}  // namespace refedge::edge
