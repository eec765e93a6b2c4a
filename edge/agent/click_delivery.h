// Delivering a batch of clicks. Spec: docs/protocol.md#click-intake.
#pragma once

#include <span>
#include <string>

#include "edge/agent/delivery.h"
#include "edge/spool/click_payload.h"

namespace refedge::edge {

struct SpooledClick {
  Click click;
  const std::string* payload;
};

// deliver_clicks tells whether the origin has answered for every click. One that the origin refuses (422) is
// found by halving the batch and parked, so that it cannot hold up the others.
[[nodiscard]] bool deliver_clicks(const Delivery& delivery, std::span<const SpooledClick> clicks);

// park_click puts a payload out of the way. False: it could not be written down.
[[nodiscard]] bool park_click(const Delivery& delivery, const std::string& payload,
                              const std::string& reason);

}  // namespace refedge::edge
