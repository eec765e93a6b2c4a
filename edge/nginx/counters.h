// What refedge_status counts, over all workers: an addition to shared memory is all that a request pays.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "edge/nginx/ngx.h"

namespace refedge::edge {

// The order is that of the shared memory, which a reload keeps: append only.
enum class Counter : std::uint8_t {
  kHuman,
  kBot,
  kUnfurler,
  kPrefetch,
  kHead,
  kRepeat,
  kRedirects,
  kPreviews,
  kFallbacks,
  kUnknown,
  kExpired,
  kWithdrawn,
  kBlocked,
  kDamaged,
  kUnavailable,
  kClicksLost,
  kCaptures,
  kUnsignedCaptures,
  kConsentDenied,
  kAttributed,
  kConversionsSpooled,
  kConversionsLost,
};

// One worker's counters, on cache lines of its own. Two workers share a slot only during a reload or where
// there are more workers than slots, so they are atomic.
struct alignas(64) CounterSlot {
  static constexpr std::size_t kRoom = 32;  // counters to come do not move the slots

  void add(Counter counter) noexcept {
    values[static_cast<std::size_t>(counter)].fetch_add(1, std::memory_order_relaxed);
  }

  std::array<std::atomic<std::uint64_t>, kRoom> values;
};

struct CounterTable {
  static constexpr std::size_t kSlots = 64;

  // total gives the sum over all workers that are or were, since nginx was started.
  [[nodiscard]] std::uint64_t total(Counter counter) const noexcept;

  std::array<CounterSlot, kSlots> slots;
};

// add_counter_zone asks nginx for the shared memory, while the configuration is read. It outlives a reload; a
// binary upgrade starts a new one from zero. Null: no memory.
[[nodiscard]] ngx_shm_zone_t* add_counter_zone(ngx_conf_t* cf);

// counters_of gives the zone's table. Precondition: nginx has initialised the zone.
[[nodiscard]] CounterTable& counters_of(const ngx_shm_zone_t& zone) noexcept;

// slot_of_worker gives the slot of this worker process.
[[nodiscard]] CounterSlot& slot_of_worker(const ngx_shm_zone_t& zone) noexcept;

}  // namespace refedge::edge
