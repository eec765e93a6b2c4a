// The endpoints, one file each; the table in http/routes.cc says which path leads where.
#pragma once

#include "origin/api/context.h"
#include "origin/api/request.h"

namespace refedge::origin {

// Merchant API; docs/protocol.md#signups, #confirmations, #reports.
[[nodiscard]] Reply create_signup(const Request& request, Context& context);
[[nodiscard]] Reply create_confirmation(const Request& request, Context& context);
[[nodiscard]] Reply show_who_referred_whom(const Request& request, Context& context);

// Public; docs/protocol.md#track.
[[nodiscard]] Reply create_conversion(const Request& request, Context& context);
[[nodiscard]] Reply preflight_conversion(const Request& request, Context& context);

// Public; docs/protocol.md#handoff.
[[nodiscard]] Reply create_handoff(const Request& request, Context& context);
// Public; docs/protocol.md#forget.
[[nodiscard]] Reply forget_visitor(const Request& request, Context& context);

// Embedded pages; docs/protocol.md#embedded-pages.
[[nodiscard]] Reply show_embed(const Request& request, Context& context);
[[nodiscard]] Reply show_open_graph(const Request& request, Context& context);
[[nodiscard]] Reply show_qr_code(const Request& request, Context& context);
[[nodiscard]] Reply create_widget_signup(const Request& request, Context& context);

// Edge API; docs/protocol.md#edge-api.
[[nodiscard]] Reply list_link_changes(const Request& request, Context& context);
[[nodiscard]] Reply create_clicks(const Request& request, Context& context);
[[nodiscard]] Reply create_edge_conversions(const Request& request, Context& context);

}  // namespace refedge::origin
