// What the browser hears of its order: the origin's answer, or ours when the origin has none in time.
#pragma once

#include "edge/nginx/conversion.h"
#include "edge/nginx/ngx.h"

namespace refedge::edge {

// start_waiting gives the origin the time that `refedge_track` says. Then the upstream request is given up
// and the order kept.
void start_waiting(PendingConversion& order);

// install_track_filter puts a header and a body filter into nginx's chains. A failure (5xx) of whoever was to
// answer for an order becomes our answer, and a 413 of nginx's gets the origin's body, whatever error_page
// says.
void install_track_filter() noexcept;

}  // namespace refedge::edge
