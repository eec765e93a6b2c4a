#include "edge/agent/click_shipper.h"

#include <spdlog/spdlog.h>

#include "edge/agent/click_batch.h"

namespace refedge::edge {
namespace {

bool failed(std::string_view why) {
  spdlog::warn("clicks: {}", why);
  return false;
}

constexpr long kTooLarge = 413;
constexpr long kRefused = 422;

}  // namespace

ShipOutcome ClickShipper::ship() {
  const auto payloads = spool_.next_batch(kMaxClicksPerBatch);
  if (!payloads) {
    failed(payloads.message());
    return ShipOutcome::kFailed;
  }
  std::vector<Spooled> clicks;
  if (!decode(*payloads, clicks) || !deliver(clicks)) return ShipOutcome::kFailed;

  const std::uint64_t damaged_before = spool_.damaged_segments();
  const auto committed = spool_.commit();
  if (spool_.damaged_segments() != damaged_before)
    spdlog::error("clicks: a damaged segment was set aside as .bad; {} so far", spool_.damaged_segments());
  if (!committed) {
    failed(committed.message());
    return ShipOutcome::kFailed;
  }
  rejected_.forget();
  if (payloads->empty()) return ShipOutcome::kIdle;
  spdlog::info("clicks: {} shipped", clicks.size());
  return ShipOutcome::kShipped;
}

bool ClickShipper::decode(const std::vector<std::string>& payloads, std::vector<Spooled>& clicks) {
  clicks.reserve(payloads.size());
  for (const std::string& payload : payloads) {
    const auto click = decode_click(payload);
    if (click) clicks.push_back({*click, &payload});
    else if (!park(payload, "no click: " + click.error().field + " " + std::string(errc_name(click.error().code))))
      return false;
  }
  return true;
}

bool ClickShipper::deliver(std::span<const Spooled> spooled) {
  if (spooled.empty()) return true;
  std::vector<Click> clicks;
  clicks.reserve(spooled.size());
  for (const Spooled& one : spooled) clicks.push_back(one.click);
  const auto answer = http_.post("/edge/clicks", write_click_batch(clicks));
  if (!answer) return failed(answer.message());
  if (answer->status == kRefused || answer->status == kTooLarge) return split(spooled, *answer);
  if (answer->status == 401) return failed("the origin refuses the edge token");
  if (answer->status != 200) return failed("the origin answered " + std::to_string(answer->status));
  if (!acknowledges(answer->body, clicks.size())) return failed("the origin's 200 does not account for the batch");
  return true;
}

bool ClickShipper::split(std::span<const Spooled> clicks, const HttpAnswer& answer) {
  if (clicks.size() > 1) {
    const std::size_t half = clicks.size() / 2;
    return deliver(clicks.first(half)) && deliver(clicks.subspan(half));
  }
  if (answer.status == kTooLarge) return failed("the origin answered 413 to a single click");
  return park(*clicks[0].payload, answer.body.substr(0, 1000));
}

bool ClickShipper::park(const std::string& payload, const std::string& reason) {
  spdlog::error("clicks: one is parked in rejected.bad: {}", reason);
  const auto parked = rejected_.park(payload, reason);
  return parked ? true : failed(parked.message());
}

}  // namespace refedge::edge
