// Telling a service manager how far the process is: systemd's notification protocol (sd_notify(3)).
#pragma once

#include <string_view>

namespace refedge::edge {

// notify_service sends `state`, e.g. "READY=1", to the socket that the environment's NOTIFY_SOCKET names: a
// path, or an abstract name after '@'. Without one, or when nobody listens, nothing happens: there is no such
// manager.
void notify_service(std::string_view state) noexcept;

}  // namespace refedge::edge
