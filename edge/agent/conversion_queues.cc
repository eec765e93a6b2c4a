#include "edge/agent/conversion_queues.h"

#include <spdlog/spdlog.h>

#include <random>
#include <utility>

namespace refedge::edge {
namespace {

// The record leaves the queue and, with it, the spool.
void finish(SpoolReader& spool, std::deque<SpoolPlace>& places) {
  const auto released = spool.release(places.front());
  if (!released)
    spdlog::warn("conversions: {}", released.message());  // its segment is disposed of with the next batch
  places.pop_front();
}

bool park(const Delivery& delivery, const std::string& payload, const std::string& reason) {
  spdlog::error("conversions: one is parked in rejected.bad: {}", reason);
  const auto parked = delivery.rejected.park(payload, reason);
  if (!parked)
    spdlog::warn("conversions: {}", parked.message());
  else
    ++delivery.counts.conversions_rejected;
  return parked.has_value();
}

}  // namespace

void ConversionQueues::add(const std::string& market, SpoolPlace place) {
  const auto [queue, is_new] =
      queues_.try_emplace(market, Queue{{}, Backoff(std::random_device{}()), {}, false});
  queue->second.places.push_back(std::move(place));
}

std::size_t ConversionQueues::size() const noexcept {
  std::size_t waiting = 0;
  for (const auto& [market, queue] : queues_) waiting += queue.places.size();
  return waiting;
}

ShipOutcome ConversionQueues::deliver(const Delivery& delivery, SpoolReader& spool, Clock::time_point now) {
  ShipOutcome outcome = ShipOutcome::kIdle;
  for (auto next = queues_.begin(); next != queues_.end();) {
    const auto current = next++;
    Queue& queue = current->second;
    if (queue.due > now) continue;
    const Answered answered = send(delivery, spool, queue);
    if (answered == Answered::kUnreachable) return ShipOutcome::kFailed;
    if (answered == Answered::kNotNow) {
      ++delivery.counts.delivery_failures;
      queue.due = now + queue.backoff.next();
      continue;
    }
    queue.backoff.reset();
    outcome = ShipOutcome::kShipped;
    if (queue.places.empty()) queues_.erase(current);
  }
  return outcome;
}

ConversionQueues::Batch ConversionQueues::read_batch(const Delivery& delivery, SpoolReader& spool,
                                                     Queue& queue) const {
  const std::size_t limit = queue.one_at_a_time ? 1 : kMaxConversionsPerBatch;
  Batch batch;
  std::size_t bytes = 0;
  while (batch.payloads.size() < limit && batch.payloads.size() < queue.places.size()) {
    auto payload = spool.read_again(queue.places[batch.payloads.size()]);
    if (payload) {
      bytes += payload->size();
      if (!batch.payloads.empty() && bytes > kMaxConversionBatchBytes) break;
      batch.payloads.push_back(*std::move(payload));
      continue;
    }
    if (!batch.payloads.empty()) break;  // those before it first
    spdlog::critical("conversions: one is lost: {}", payload.message());
    ++delivery.counts.conversions_rejected;
    finish(spool, queue.places);
  }
  for (const std::string& payload : batch.payloads) batch.conversions.push_back(*decode_conversion(payload));
  return batch;
}

ConversionQueues::Answered ConversionQueues::send(const Delivery& delivery, SpoolReader& spool,
                                                  Queue& queue) {
  const Batch batch = read_batch(delivery, spool, queue);
  if (batch.conversions.empty()) return Answered::kYes;
  const auto answer = delivery.http.post("/edge/conversions", write_conversion_batch(batch.conversions));
  if (!answer || answer->status == kStatusUnauthorized) {
    spdlog::warn("conversions: {}", answer ? "the origin refuses the edge token" : answer.message());
    return Answered::kUnreachable;
  }
  if (answer->status == 200) return take_results(delivery, spool, queue, batch, *answer);
  return refused(delivery, spool, queue, batch, *answer);
}

ConversionQueues::Answered ConversionQueues::take_results(const Delivery& delivery, SpoolReader& spool,
                                                          Queue& queue, const Batch& batch,
                                                          const HttpAnswer& answer) {
  const auto results = read_conversion_results(answer.body, batch.conversions);
  if (!results) {
    spdlog::warn("conversions: the origin's 200 does not account for the batch");
    return Answered::kNotNow;
  }
  for (std::size_t i = 0; i < results->size(); ++i) {
    const ConversionResult& result = (*results)[i];
    const bool is_kept = result.status == 200 || result.status == 201;
    if (!is_kept && result.status != kStatusRefused) {
      spdlog::warn("conversions: the origin answered {} to one", result.status);
      return Answered::kNotNow;
    }
    if (!is_kept && !park(delivery, batch.payloads[i], result.answer)) return Answered::kNotNow;
    if (is_kept) ++delivery.counts.conversions_delivered;
    finish(spool, queue.places);
  }
  queue.one_at_a_time = false;
  spdlog::info("conversions: {} delivered", results->size());
  return Answered::kYes;
}

// The batch as a whole: its conversions are tried one by one, up to the one that is the cause.
ConversionQueues::Answered ConversionQueues::refused(const Delivery& delivery, SpoolReader& spool,
                                                     Queue& queue, const Batch& batch,
                                                     const HttpAnswer& answer) {
  if (batch.conversions.size() > 1) {
    queue.one_at_a_time = true;
    return Answered::kYes;
  }
  if (answer.status == kStatusRefused && park(delivery, batch.payloads[0], answer.body.substr(0, 1000))) {
    finish(spool, queue.places);
    return Answered::kYes;
  }
  spdlog::warn("conversions: the origin answered {}", answer.status);
  return Answered::kNotNow;
}

}  // namespace refedge::edge
