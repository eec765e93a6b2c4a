// Sending one delivery.
#pragma once

#include <atomic>
#include <string>

#include "origin/outbound/address_policy.h"
#include "origin/store/records.h"

namespace refedge::origin {

struct SendResult {
  bool is_delivered = false;  // a 2xx came back
  std::string cause;          // "status 500", "address refused", ...; no part of the URL or the body
};

// send posts the delivery's body as JSON, with its id as Refedge-Delivery. It blocks for at most fifteen
// seconds. http and https alone, no redirect is followed, no proxy is used, and every address is held
// against `policy` after the name is resolved, right before it is connected to. What comes back is not read
// beyond its status. `should_stop` is asked every second or so; true ends the attempt.
[[nodiscard]] SendResult send(const Delivery& delivery, const AddressPolicy& policy,
                              const std::atomic<bool>& should_stop);

}  // namespace refedge::origin
