// Brings the link table into a worker's memory a little at a time, between requests, so that clicks find their links
// there soon after nginx was started or reloaded.
#pragma once

#include "edge/links/link_table_reader.h"
#include "edge/nginx/ngx.h"

namespace refedge::edge {

// A timer of nginx's event loop. Made after fork, stays where it is.
class LinkPreload {
 public:
  LinkPreload() noexcept;
  LinkPreload(const LinkPreload&) = delete;
  LinkPreload& operator=(const LinkPreload&) = delete;
  ~LinkPreload() { stop(); }

  // run has `links` brought into memory from the next turn of the loop on, until all is there or the room is full. It does
  // nothing where that is so already, or is being done.
  void run(LinkTableReader& links) noexcept;

  // stop must be called before `links` goes away.
  void stop() noexcept;

 private:
  static void next(ngx_event_t* timer) noexcept;

  ngx_event_t timer_{};
  LinkTableReader* links_ = nullptr;
};

}  // namespace refedge::edge
