#include "edge/nginx/worker.h"

#include <sys/random.h>

#include <algorithm>
#include <new>
#include <stdexcept>
#include <utility>

#include "edge/visit/registrable_domain.h"

namespace refedge::edge {
namespace {

bool is_lost(AppendOutcome outcome) noexcept {
  return outcome == AppendOutcome::kRefused || outcome == AppendOutcome::kTooLong;
}

}  // namespace

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

Worker::Worker(LinksOptions links, SpoolWriter::Options spool, ngx_msec_t sync_interval_ms, const ngx_shm_zone_t& counters)
    : links_options_(std::move(links)), counters_(slot_of_worker(counters)), spool_(std::move(spool)),
      spool_timer_(spool_, sync_interval_ms) {}

LinkTableReader* Worker::links(ngx_log_t* log) {
  if (links_checked_ != ngx_time()) {
    links_checked_ = ngx_time();
    if (!links_ || !links_->is_current()) open_links(log);
  }
  if (!links_) return nullptr;
  // What is remembered may be as old as nginx's own clock: a millisecond, or a turn of its loop.
  if (std::exchange(links_looked_at_, ngx_current_msec) != ngx_current_msec) {
    links_->look();
    preload_.run(*links_);
  }
  return &*links_;
}

// A table that is gone, with none in its place, is served from on: links that were good are better than none.
void Worker::open_links(ngx_log_t* log) {
  auto opened = LinkTableReader::open(links_options_.directory, links_options_.memory);
  preload_.stop();
  if (opened) links_.emplace(*std::move(opened));
  else ngx_log_error(NGX_LOG_ERR, log, 0, "refedge: %s", opened.message().c_str());
}

void Worker::record(const Click& click, ngx_log_t* log) {
  std::array<char, kMaxClickPayload> buffer;
  const auto length = encode_click(click, buffer);
  const std::string_view payload(buffer.data(), length ? *length : 0);
  const AppendOutcome outcome = spool_.append(payload, click.at_ms);
  if (is_lost(outcome)) count(Counter::kClicksLost);
  note("click", outcome, log);
}

bool Worker::keep(std::string_view conversion, std::uint64_t at_ms, ngx_log_t* log) {
  const AppendOutcome outcome = spool_.append_durably(conversion, at_ms);
  const bool is_kept = outcome == AppendOutcome::kStored;
  count(is_kept ? Counter::kConversionsSpooled : Counter::kConversionsLost);
  note("conversion", outcome, log);
  if (!is_kept) return false;
  if (kept_gate_.opens(ngx_time()))
    ngx_log_error(NGX_LOG_WARN, log, 0, "refedge: the origin does not answer: a conversion waits in the spool");
  return true;
}

void Worker::note(std::string_view what, AppendOutcome outcome, ngx_log_t* log) {
  spool_timer_.run();
  if (is_lost(outcome)) tell_refusal(what, log);
  else if (spool_.refused() != told_refused_) tell_recovery(log);
  if (spool_.sync_failures() != told_sync_failures_) tell_sync_failure(log);
}

void Worker::tell_refusal(std::string_view what, ngx_log_t* log) {
  if (!spool_gate_.opens(ngx_time())) return;
  told_refused_ = spool_.refused();
  const ngx_str_t name = to_ngx(what);
  ngx_log_error(NGX_LOG_ERR, log, 0, "refedge: a %V is not recorded: %s; %uL so far", &name, spool_.refusal().c_str(),
                told_refused_);
}

// The gate was closed for the last of them: here is the whole count.
void Worker::tell_recovery(ngx_log_t* log) {
  told_refused_ = spool_.refused();
  ngx_log_error(NGX_LOG_ERR, log, 0, "refedge: the spool takes records again; not recorded: %uL so far", told_refused_);
}

void Worker::tell_sync_failure(ngx_log_t* log) {
  if (!sync_gate_.opens(ngx_time())) return;
  told_sync_failures_ = spool_.sync_failures();
  ngx_log_error(NGX_LOG_ERR, log, 0, "refedge: the disk does not confirm the spool: %uL times so far",
                told_sync_failures_);
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

std::string_view Worker::code_of(std::string_view path) {
  const std::size_t begin = path.rfind('/') + 1;
  if (path.substr(0, begin) != redirects_) redirects_ = path.substr(0, begin);
  return path.substr(begin);
}

std::string_view Worker::registrable_domain_of(std::string_view host) {
  if (host != host_) {
    domain_ = registrable_domain(host);
    host_ = host;
  }
  return domain_;
}

}  // namespace refedge::edge
