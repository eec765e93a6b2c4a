#include "edge/nginx/consent.h"

#include "edge/nginx/config.h"

namespace refedge::edge {

std::string_view consent_header_name(ngx_http_request_t* r) noexcept {
  const ConsentRule& rule = *location_config(r).consent;
  return rule.source == ConsentSource::kHeader ? rule.name : std::string_view();
}

bool may_set_cookie(ngx_http_request_t* r, const VisitHeaders& headers) {
  const ConsentRule& rule = *location_config(r).consent;
  ConsentSignals signals{
      .cookie = {}, .header = headers.consent, .sec_gpc = headers.sec_gpc, .dnt = headers.dnt};
  if (rule.source == ConsentSource::kCookie) signals.cookie = cookie_header(r);
  return may_store(judge_consent(rule, signals));
}

}  // namespace refedge::edge
