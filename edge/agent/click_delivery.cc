#include "edge/agent/click_delivery.h"

#include <spdlog/spdlog.h>

#include <vector>

#include "edge/agent/click_batch.h"

namespace refedge::edge {
namespace {

bool failed(std::string_view why) {
  spdlog::warn("clicks: {}", why);
  return false;
}

bool split(const Delivery& delivery, std::span<const SpooledClick> clicks, const HttpAnswer& answer) {
  if (clicks.size() > 1) {
    const std::size_t half = clicks.size() / 2;
    return deliver_clicks(delivery, clicks.first(half)) && deliver_clicks(delivery, clicks.subspan(half));
  }
  if (answer.status == kStatusTooLarge) return failed("the origin answered 413 to a single click");
  return park_click(delivery, *clicks[0].payload, answer.body.substr(0, 1000));
}

}  // namespace

bool deliver_clicks(const Delivery& delivery, std::span<const SpooledClick> spooled) {
  if (spooled.empty()) return true;
  std::vector<Click> clicks;
  clicks.reserve(spooled.size());
  for (const SpooledClick& one : spooled) clicks.push_back(one.click);
  const auto answer = delivery.http.post("/edge/clicks", write_click_batch(clicks));
  if (!answer) return failed(answer.message());
  if (answer->status == kStatusRefused || answer->status == kStatusTooLarge)
    return split(delivery, spooled, *answer);
  if (answer->status == kStatusUnauthorized) return failed("the origin refuses the edge token");
  if (answer->status != 200) return failed("the origin answered " + std::to_string(answer->status));
  if (!acknowledges(answer->body, clicks.size()))
    return failed("the origin's 200 does not account for the batch");
  delivery.counts.clicks_delivered += clicks.size();
  return true;
}

bool park_click(const Delivery& delivery, const std::string& payload, const std::string& reason) {
  spdlog::error("clicks: one is parked in rejected.bad: {}", reason);
  const auto parked = delivery.rejected.park(payload, reason);
  if (!parked) return failed(parked.message());
  ++delivery.counts.clicks_rejected;
  return true;
}

}  // namespace refedge::edge
