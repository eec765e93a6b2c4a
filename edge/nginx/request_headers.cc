#include "edge/nginx/request_headers.h"

#include <new>
#include <string>

namespace refedge::edge {
namespace {

std::string_view lower_name_of(const ngx_table_elt_t& header) noexcept {
  return {reinterpret_cast<const char*>(header.lowcase_key), header.key.len};
}

ngx_table_elt_t* elements(const ngx_list_part_t& part) noexcept { return static_cast<ngx_table_elt_t*>(part.elts); }

// Calls `use` with every header of the request.
template <class Use>
void for_each_header(const ngx_http_request_t* r, Use use) {
  for (const ngx_list_part_t* part = &r->headers_in.headers.part; part != nullptr; part = part->next)
    for (ngx_uint_t i = 0; i < part->nelts; ++i) use(elements(*part)[i]);
}

// Collects runs of headers as the parts of a new list. The headers themselves stay where they are: nginx keeps
// pointers to them (headers_in.host and its like).
class RunCollector {
 public:
  explicit RunCollector(ngx_pool_t* pool) noexcept : pool_(pool) {}

  void add(ngx_table_elt_t* header) {
    if (last_ != nullptr && elements(*last_) + last_->nelts == header) {
      ++last_->nelts;
      return;
    }
    ngx_list_part_t* part = last_ == nullptr ? &first_ : static_cast<ngx_list_part_t*>(ngx_palloc(pool_, sizeof first_));
    if (part == nullptr) throw std::bad_alloc();
    *part = {header, 1, nullptr};
    if (last_ != nullptr) last_->next = part;
    last_ = part;
  }

  // Makes the runs the content of `list`. What may follow the last run in memory is not free, so the list is told
  // that its last part is full.
  void install(ngx_list_t& list) const noexcept {
    if (last_ == nullptr) {  // nothing is left: an empty list over its first array, of which all is free
      list.part.nelts = 0;
      list.part.next = nullptr;
      list.last = &list.part;
      return;
    }
    list.part = first_;
    list.last = last_ == &first_ ? &list.part : last_;
    list.nalloc = list.last->nelts;
  }

 private:
  ngx_pool_t* pool_;
  ngx_list_part_t first_{};
  ngx_list_part_t* last_ = nullptr;
};

}  // namespace

VisitHeaders read_visit_headers(ngx_http_request_t* r, std::string_view consent_header) noexcept {
  VisitHeaders headers;
  headers.visit.method = to_view(r->method_name);
  if (r->headers_in.user_agent != nullptr) headers.visit.user_agent = to_view(r->headers_in.user_agent->value);
  for_each_header(r, [&](const ngx_table_elt_t& header) {
    const std::string_view name = lower_name_of(header);
    const std::string_view value = to_view(header.value);
    if (name == "sec-purpose") headers.visit.sec_purpose = value;
    else if (name == "purpose" || name == "x-purpose") headers.visit.purpose = value;
    else if (name == "x-moz") headers.visit.x_moz = value;
    else if (name == "sec-gpc") headers.sec_gpc = value;
    else if (name == "dnt") headers.dnt = value;
    else if (name == "sec-fetch-dest") headers.sec_fetch_dest = value;
    if (name == consent_header) headers.consent = value;
  });
  return headers;
}

std::string_view find_request_header(ngx_http_request_t* r, std::string_view lower_name) noexcept {
  std::string_view found;
  for_each_header(r, [&](const ngx_table_elt_t& header) {
    if (found.data() == nullptr && lower_name_of(header) == lower_name) found = to_view(header.value);
  });
  return found;
}

std::string_view cookie_header(ngx_http_request_t* r) {
  std::string_view only;
  std::string joined;
  for_each_cookie_header(r, [&](std::string_view header) {
    if (!joined.empty()) joined.append("; ").append(header);
    else if (only.data() != nullptr) joined.append(only).append("; ").append(header);
    else only = header;
    return false;
  });
  return joined.empty() ? only : copy_to_pool(r->pool, joined);
}

void remove_request_header(ngx_http_request_t* r, std::string_view lower_name) {
  bool present = false;
  for_each_header(r, [&](const ngx_table_elt_t& header) { present = present || lower_name_of(header) == lower_name; });
  if (!present) return;
  RunCollector kept(r->pool);
  for_each_header(r, [&](ngx_table_elt_t& header) {
    if (lower_name_of(header) != lower_name) kept.add(&header);
  });
  kept.install(r->headers_in.headers);
}

void add_request_header(ngx_http_request_t* r, std::string_view name, std::string_view lower_name,
                        std::string_view value) {
  auto* header = static_cast<ngx_table_elt_t*>(ngx_list_push(&r->headers_in.headers));
  if (header == nullptr) throw std::bad_alloc();
  *header = {};
  header->hash = ngx_hash_key(to_ngx(lower_name).data, lower_name.size());
  header->key = to_ngx(name);
  header->lowcase_key = to_ngx(lower_name).data;
  header->value = to_ngx(value);
}

}  // namespace refedge::edge
