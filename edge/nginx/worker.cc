#include "edge/nginx/worker.h"

#include <sys/random.h>

#include <algorithm>
#include <new>
#include <stdexcept>
#include <utility>

#include "edge/visit/registrable_domain.h"

namespace refedge::edge {

std::span<char> allocate_in_pool(ngx_pool_t* pool, std::size_t length) {
  auto* room = static_cast<char*>(ngx_pnalloc(pool, length));
  if (room == nullptr) throw std::bad_alloc();
  return {room, length};
}

std::string_view copy_to_pool(ngx_pool_t* pool, std::string_view text) {
  const std::span<char> copy = allocate_in_pool(pool, text.size());
  std::copy(text.begin(), text.end(), copy.begin());
  return {copy.data(), copy.size()};
}

Worker::Worker(Options options)
    : options_(std::move(options)),
      counters_(slot_of_worker(*options_.counters)),
      spool_({.directory = options_.spool_directory, .max_bytes = options_.spool_max_bytes}) {}

LinkTableReader* Worker::links(ngx_log_t* log) {
  if (links_checked_ != ngx_time()) {
    links_checked_ = ngx_time();
    if (links_ && !links_->is_current()) links_.reset();
    if (!links_) open_links(log);
  }
  return links_ ? &*links_ : nullptr;
}

void Worker::open_links(ngx_log_t* log) {
  auto opened = LinkTableReader::open(options_.links_directory);
  if (opened) links_.emplace(*std::move(opened));
  else ngx_log_error(NGX_LOG_ERR, log, 0, "refedge: %s", opened.message().c_str());
}

void Worker::record(const Click& click, ngx_log_t* log) {
  std::array<char, kMaxClickPayload> buffer;
  const auto length = encode_click(click, buffer);
  const std::string_view payload(buffer.data(), length ? *length : 0);
  if (spool_.append(payload, click.at_ms) == AppendOutcome::kStored) return;
  count(Counter::kClicksLost);
  if (!spool_gate_.opens(ngx_time())) return;
  ngx_log_error(NGX_LOG_ERR, log, 0, "refedge: a click is not recorded: %s; %uL so far", spool_.refusal().c_str(),
                spool_.refused());
}

std::array<std::uint8_t, 10> Worker::random_bytes() {
  std::array<std::uint8_t, 10> bytes;
  if (random_used_ + bytes.size() > random_.size()) {
    std::size_t filled = 0;
    while (filled < random_.size()) {
      const ssize_t got = getrandom(random_.data() + filled, random_.size() - filled, 0);
      if (got < 0 && errno != EINTR) throw std::runtime_error("getrandom failed");
      if (got > 0) filled += static_cast<std::size_t>(got);
    }
    random_used_ = 0;
  }
  std::copy_n(random_.begin() + static_cast<std::ptrdiff_t>(random_used_), bytes.size(), bytes.begin());
  random_used_ += bytes.size();
  return bytes;
}

std::string_view Worker::registrable_domain_of(std::string_view host) {
  if (host != host_) {
    domain_ = registrable_domain(host);
    host_ = host;
  }
  return domain_;
}

}  // namespace refedge::edge
