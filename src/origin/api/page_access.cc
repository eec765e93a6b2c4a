#include "origin/api/page_access.h"

#include "origin/domain/site.h"

namespace refedge::origin {

bool allow_own_pages(const Request& request, std::string_view market_domain, Response& response) {
  response.headers.emplace_back("Vary", "Origin");
  if (request.page_origin.empty() || !is_of_site(request.page_origin, market_domain)) return false;
  response.headers.emplace_back("Access-Control-Allow-Origin", request.page_origin);
  response.headers.emplace_back("Access-Control-Allow-Credentials", "true");
  return true;
}

void allow_pages(const Request& request, std::string_view market_domain, Response& response) {
  const bool is_ours = allow_own_pages(request, market_domain, response);
  if (!is_ours && !request.page_origin.empty())
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");
}

}  // namespace refedge::origin
