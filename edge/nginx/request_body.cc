#include "edge/nginx/request_body.h"

#include <cstring>
#include <new>
#include <stdexcept>

namespace refedge::edge {
namespace {

std::size_t copy_buffer(ngx_buf_t* buffer, u_char* out) {
  const auto size = static_cast<std::size_t>(ngx_buf_size(buffer));
  if (ngx_buf_in_memory(buffer)) {
    std::memcpy(out, buffer->pos, size);
    return size;
  }
  if (ngx_read_file(buffer->file, out, size, buffer->file_pos) != static_cast<ssize_t>(size))
    throw std::runtime_error("the request's body cannot be read from its temporary file");
  return size;
}

}  // namespace

std::optional<std::string_view> copy_request_body(ngx_http_request_t* r, std::size_t max_bytes) {
  ngx_chain_t* chain = r->request_body == nullptr ? nullptr : r->request_body->bufs;
  std::size_t size = 0;
  for (const ngx_chain_t* link = chain; link != nullptr; link = link->next)
    size += static_cast<std::size_t>(ngx_buf_size(link->buf));
  if (size > max_bytes) return std::nullopt;
  auto* copy = static_cast<u_char*>(ngx_pnalloc(r->pool, size + 1));  // of no bytes there is no copy
  if (copy == nullptr) throw std::bad_alloc();
  std::size_t at = 0;
  for (const ngx_chain_t* link = chain; link != nullptr; link = link->next)
    if (ngx_buf_size(link->buf) > 0) at += copy_buffer(link->buf, copy + at);
  return std::string_view(reinterpret_cast<char*>(copy), size);
}

}  // namespace refedge::edge
