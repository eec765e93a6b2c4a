// Conversions on their way to the origin: a queue for each market, in the order of their arrival.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "edge/agent/backoff.h"
#include "edge/agent/conversion_batch.h"
#include "edge/agent/delivery.h"
#include "edge/spool/spool_reader.h"

namespace refedge::edge {

// What a queue holds is held in the spool. A market whose conversion cannot be delivered now waits, with a
// back-off of its own, and holds up no other market.
class ConversionQueues {
 public:
  using Clock = std::chrono::steady_clock;

  // add puts a record of the spool at the end of its market's queue.
  void add(const std::string& market, SpoolPlace place);

  [[nodiscard]] std::size_t size() const noexcept;

  // deliver sends one batch of each market that is not waiting, and releases in the spool what the origin has
  // answered for. A conversion that it refuses (422) is parked. kFailed: the origin cannot be reached at all.
  [[nodiscard]] ShipOutcome deliver(const Delivery& delivery, SpoolReader& spool, Clock::time_point now);

 private:
  struct Queue {
    std::deque<SpoolPlace> places;
    Backoff backoff;
    Clock::time_point due;
    bool one_at_a_time = false;  // after a batch failed, to find out how far it can go
  };
  struct Batch {
    std::vector<std::string> payloads;
    std::vector<Conversion> conversions;  // views into the payloads
  };
  enum class Answered { kYes, kNotNow, kUnreachable };

  [[nodiscard]] Batch read_batch(const Delivery& delivery, SpoolReader& spool, Queue& queue) const;
  [[nodiscard]] Answered send(const Delivery& delivery, SpoolReader& spool, Queue& queue);
  [[nodiscard]] Answered take_results(const Delivery& delivery, SpoolReader& spool, Queue& queue,
                                      const Batch& batch, const HttpAnswer& answer);
  [[nodiscard]] Answered refused(const Delivery& delivery, SpoolReader& spool, Queue& queue,
                                 const Batch& batch, const HttpAnswer& answer);

  std::map<std::string, Queue> queues_;
};

}  // namespace refedge::edge
