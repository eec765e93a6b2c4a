// Looking a code up in the worker's link table.
#pragma once

#include <string_view>

#include "edge/links/link_record.h"
#include "edge/nginx/ngx.h"
#include "edge/nginx/worker.h"

namespace refedge::edge {

enum class LookupOutcome {
  kFound,        // withdrawn and expired links too
  kUnknown,      // no such code
  kDamaged,      // a record that cannot be read (logged): as good as unknown
  kUnavailable,  // the table cannot be read (logged)
};

struct LinkLookup {
  LookupOutcome outcome = LookupOutcome::kUnknown;
  LinkRecord record;  // its texts are in the request's pool
};

// look_up_link finds `code`, any text. Throws std::bad_alloc.
[[nodiscard]] LinkLookup look_up_link(ngx_http_request_t* r, Worker& worker, std::string_view code);

}  // namespace refedge::edge
