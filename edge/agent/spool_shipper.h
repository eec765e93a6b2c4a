// Ships the spool to the origin.
#pragma once

#include <string>
#include <vector>

#include "edge/agent/click_delivery.h"
#include "edge/agent/conversion_queues.h"
#include "edge/agent/delivery.h"
#include "edge/spool/spool_reader.h"

namespace refedge::edge {

class SpoolShipper {
 public:
  // `counts` outlives the shipper.
  SpoolShipper(HttpClient http, SpoolReader spool, const std::string& spool_directory, AgentCounts& counts)
      : http_(std::move(http)), spool_(std::move(spool)), rejected_(spool_directory), counts_(&counts) {}

  // ship sends up to kMaxClicksPerBatch records and gives the spool leave to delete them when the origin has
  // them. A stop at any instruction sends some again: clicks are recognised by their ids, conversions by
  // their order numbers.
  [[nodiscard]] ShipOutcome ship();

  // has_waiting tells whether conversions wait for a later try.
  [[nodiscard]] bool has_waiting() const noexcept { return conversions_.size() != 0; }

 private:
  struct Order {  // a conversion of a batch
    std::uint64_t at_ms;
    std::string market;
    SpoolPlace place;
  };
  struct Sorted {
    std::vector<SpooledClick> clicks;
    std::vector<Order> orders;
  };

  [[nodiscard]] ShipOutcome ship_batch(const Delivery& delivery);
  [[nodiscard]] static bool sort(const Delivery& delivery, const std::vector<SpoolRecord>& records,
                                 Sorted& sorted);
  [[nodiscard]] bool commit(std::vector<Order> orders);

  HttpClient http_;
  SpoolReader spool_;
  RejectedRecords rejected_;
  AgentCounts* counts_;
  ConversionQueues conversions_;
};

}  // namespace refedge::edge
