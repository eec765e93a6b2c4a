#include "edge/nginx/counters.h"

#include <cstring>

namespace refedge::edge {
namespace {

constexpr std::size_t kZoneBytes = 64 * 1024;
static_assert(sizeof(CounterTable) <= kZoneBytes / 2, "nginx's slab allocator takes its part");

// nginx's slab allocator gives whole pages, so that the table is aligned.
ngx_int_t init_zone(ngx_shm_zone_t* zone, void* old_table) {
  auto* pool = reinterpret_cast<ngx_slab_pool_t*>(zone->shm.addr);
  if (old_table != nullptr) {  // a reload: nginx has kept the memory
    zone->data = old_table;
    return NGX_OK;
  }
  if (zone->shm.exists == 0) pool->data = ngx_slab_calloc(pool, sizeof(CounterTable));
  zone->data = pool->data;
  return zone->data == nullptr ? NGX_ERROR : NGX_OK;
}

}  // namespace

std::uint64_t CounterTable::total(Counter counter) const noexcept {
  std::uint64_t sum = 0;
  for (const CounterSlot& slot : slots)
    sum += slot.values[static_cast<std::size_t>(counter)].load(std::memory_order_relaxed);
  return sum;
}

ngx_shm_zone_t* add_counter_zone(ngx_conf_t* cf) {
  ngx_str_t name = ngx_string("refedge");
  ngx_shm_zone_t* zone = ngx_shared_memory_add(cf, &name, kZoneBytes, &ngx_http_refedge_module);
  if (zone != nullptr) zone->init = init_zone;
  return zone;
}

CounterTable& counters_of(const ngx_shm_zone_t& zone) noexcept {
  return *static_cast<CounterTable*>(zone.data);
}

CounterSlot& slot_of_worker(const ngx_shm_zone_t& zone) noexcept {
  return counters_of(zone).slots[ngx_worker % CounterTable::kSlots];
}

}  // namespace refedge::edge
