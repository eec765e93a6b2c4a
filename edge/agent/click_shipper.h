// Ships the spool's clicks to the origin.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "edge/agent/http_client.h"
#include "edge/agent/rejected_clicks.h"
#include "edge/spool/click_payload.h"
#include "edge/spool/spool_reader.h"

namespace refedge::edge {

enum class ShipOutcome {
  kIdle,     // the spool had nothing new
  kShipped,  // the origin has answered for a batch
  kFailed,   // nothing was given up; the reason is in the log
};

class ClickShipper {
 public:
  ClickShipper(HttpClient http, SpoolReader spool, const std::string& spool_directory)
      : http_(std::move(http)), spool_(std::move(spool)), rejected_(spool_directory) {}

  // ship sends up to kMaxClicksPerBatch clicks and gives the spool leave to delete them when the origin has them. A
  // stop at any instruction sends clicks again, which the origin recognises by their ids. A click that the origin
  // refuses (422) is found by halving the batch and parked, so that it cannot hold up the others.
  [[nodiscard]] ShipOutcome ship();

 private:
  struct Spooled {
    Click click;
    const std::string* payload;
  };

  [[nodiscard]] bool decode(const std::vector<std::string>& payloads, std::vector<Spooled>& clicks);
  [[nodiscard]] bool deliver(std::span<const Spooled> clicks);
  [[nodiscard]] bool split(std::span<const Spooled> clicks, const HttpAnswer& answer);
  [[nodiscard]] bool park(const std::string& payload, const std::string& reason);

  HttpClient http_;
  SpoolReader spool_;
  RejectedClicks rejected_;
};

}  // namespace refedge::edge
