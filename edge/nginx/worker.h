// What an nginx worker process keeps between requests. Made after fork, used by its one thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

#include "edge/links/link_table_reader.h"
#include "edge/nginx/counters.h"
#include "edge/nginx/link_preload.h"
#include "edge/nginx/log_gate.h"
#include "edge/nginx/ngx.h"
#include "edge/nginx/spool_timer.h"
#include "edge/spool/click_payload.h"
#include "edge/spool/spool_writer.h"
#include "edge/visit/verdict_memory.h"

namespace refedge::edge {

// Where the link table is, and how many bytes of it are remembered.
struct LinksOptions {
  std::string directory;
  std::size_t memory;
};

class Worker {
 public:
  // `sync_interval_ms` is that of SpoolSync::kInterval, 0 for the others.
  Worker(LinksOptions links, SpoolWriter::Options spool, ngx_msec_t sync_interval_ms, const ngx_shm_zone_t& counters);
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // links gives the link table, null as long as there was none to open. A table that was replaced is opened anew, tried at
  // most once a second, so that the agent may start, stop and rebuild it at any time; until then the old one serves.
  [[nodiscard]] LinkTableReader* links(ngx_log_t* log);

  // code_of gives the code of a redirect's path: its last segment.
  [[nodiscard]] std::string_view code_of(std::string_view path);

  // Hints that a code will be looked up: see LinkTableReader. The first is for any path, before it is known whose it is: one beside that of
  // the last redirect is taken for another.
  void expect_link(std::string_view path) const noexcept {
    const std::size_t begin = redirects_.size();
    if (links_ && begin != 0 && path.starts_with(redirects_)) links_->expect(path.substr(begin));
  }
  void expect_link_record(std::string_view code) const noexcept {
    if (links_) links_->expect_record(code);
  }

  // count adds one to a counter of refedge_status.
  void count(Counter counter) noexcept { counters_.add(counter); }

  // record puts a click into the spool. A refusal is logged once a second: the redirect goes on without it.
  void record(const Click& click, ngx_log_t* log);

  // keep puts a conversion into the spool, on the disk unless the policy says otherwise. False: it is not safe there; the
  // reason is logged.
  [[nodiscard]] bool keep(std::string_view conversion, std::uint64_t at_ms, ngx_log_t* log);

  // spool_bytes gives what the spool takes on disk. Errors: the directory cannot be read.
  [[nodiscard]] IoResult<std::size_t> spool_bytes() const { return spool_.bytes_in_use(); }

  // random_bytes gives fresh bytes of the kernel's generator, fetched in blocks. Throws std::runtime_error.
  [[nodiscard]] std::array<std::uint8_t, 10> random_bytes();

  // judge is visit_verdict(visit), remembered for the user agents that were seen lately.
  [[nodiscard]] VisitVerdict judge(const Visit& visit) noexcept { return verdicts_.judge(visit); }

  // registrable_domain_of is registrable_domain(host), remembered for the host that was last asked for.
  [[nodiscard]] std::string_view registrable_domain_of(std::string_view host);

  // Gates for the failures that a flood of requests would repeat.
  LogGate damaged_link_gate;
  LogGate missing_keys_gate;
  LogGate table_gate;

 private:
  void open_links(ngx_log_t* log);
  void note(std::string_view what, AppendOutcome outcome, ngx_log_t* log);
  void tell_refusal(std::string_view what, ngx_log_t* log);
  void tell_recovery(ngx_log_t* log);
  void tell_sync_failure(ngx_log_t* log);

  LinksOptions links_options_;
  CounterSlot& counters_;
  std::optional<LinkTableReader> links_;
  LinkPreload preload_;  // of links_: ends before it does
  std::time_t links_checked_ = -1;
  ngx_msec_t links_looked_at_ = 0;
  SpoolWriter spool_;
  SpoolTimer spool_timer_;
  LogGate spool_gate_;
  LogGate kept_gate_;
  LogGate sync_gate_;
  std::uint64_t told_refused_ = 0;        // what the log knows of
  std::uint64_t told_sync_failures_ = 0;
  std::array<std::uint8_t, 640> random_{};
  std::size_t random_used_ = random_.size();
  VerdictMemory verdicts_;
  std::string redirects_;  // the path of the last redirect without its code
  std::string host_;
  std::string domain_;
};

}  // namespace refedge::edge
