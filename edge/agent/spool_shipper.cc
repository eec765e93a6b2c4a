#include "edge/agent/spool_shipper.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "edge/agent/click_batch.h"
#include "edge/spool/conversion_payload.h"

namespace refedge::edge {
namespace {

std::string reason_of(const Error& error) {
  return "it does not decode: " + error.field + " " + std::string(errc_name(error.code));
}

}  // namespace

ShipOutcome SpoolShipper::ship() {
  const Delivery delivery{http_, rejected_, *counts_};
  const ShipOutcome batch = ship_batch(delivery);
  // Also when clicks cannot be delivered: those that wait already are not held up by them.
  const ShipOutcome orders = conversions_.deliver(delivery, spool_, ConversionQueues::Clock::now());
  counts_->conversions_waiting = conversions_.size();
  if (batch == ShipOutcome::kFailed || orders == ShipOutcome::kFailed) {
    ++counts_->delivery_failures;
    return ShipOutcome::kFailed;
  }
  return batch == ShipOutcome::kShipped ? batch : orders;
}

ShipOutcome SpoolShipper::ship_batch(const Delivery& delivery) {
  const auto records = spool_.next_batch(kMaxClicksPerBatch);
  if (!records) {
    spdlog::warn("spool: {}", records.message());
    return ShipOutcome::kFailed;
  }
  Sorted sorted;
  if (!sort(delivery, *records, sorted) || !deliver_clicks(delivery, sorted.clicks))
    return ShipOutcome::kFailed;
  if (!commit(std::move(sorted.orders))) return ShipOutcome::kFailed;
  rejected_.forget();
  if (records->empty()) return ShipOutcome::kIdle;
  if (!sorted.clicks.empty()) spdlog::info("clicks: {} shipped", sorted.clicks.size());
  return ShipOutcome::kShipped;
}

bool SpoolShipper::sort(const Delivery& delivery, const std::vector<SpoolRecord>& records, Sorted& sorted) {
  for (const SpoolRecord& record : records) {
    if (const auto order = decode_conversion(record.payload)) {
      sorted.orders.push_back({order->at_ms, std::string(order->market), record.place});
      continue;
    }
    const auto click = decode_click(record.payload);
    if (click)
      sorted.clicks.push_back({*click, &record.payload});
    else if (!park_click(delivery, record.payload, reason_of(click.error())))
      return false;
  }
  // Each worker writes segments of its own: between them the time of arrival decides.
  std::stable_sort(sorted.orders.begin(), sorted.orders.end(),
                   [](const Order& one, const Order& other) { return one.at_ms < other.at_ms; });
  return true;
}

// Conversions are queued when the spool has taken note that it holds them, so that none is queued twice.
bool SpoolShipper::commit(std::vector<Order> orders) {
  std::vector<SpoolPlace> held;
  held.reserve(orders.size());
  for (const Order& order : orders) held.push_back(order.place);
  const auto committed = spool_.commit(held);
  for (Order& order : orders) conversions_.add(order.market, std::move(order.place));
  if (spool_.damaged_segments() != counts_->damaged_segments)
    spdlog::error("spool: a damaged segment was set aside as .bad; {} so far", spool_.damaged_segments());
  counts_->damaged_segments = spool_.damaged_segments();
  if (!committed) spdlog::warn("spool: {}", committed.message());
  return committed.has_value();
}

}  // namespace refedge::edge
