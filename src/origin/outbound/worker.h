// The outbox worker: delivers what the outbox holds, on threads of its own.
// Spec: docs/protocol.md#webhook-referral-confirmed.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "origin/outbound/address_policy.h"
#include "origin/store/store.h"

namespace refedge::origin {

class OutboxWorker {
 public:
  // Takes a store of its own. `now` gives Unix seconds. Deliveries begin at once.
  OutboxWorker(std::unique_ptr<Store> store, AddressPolicy policy, std::function<std::int64_t()> now);

  // Ends attempts in progress; the store gives them out again later.
  ~OutboxWorker();

  // notify tells that the outbox may hold something new. From any thread.
  void notify();

 private:
  void run();
  std::optional<Delivery> next_delivery();
  void wait_for_work(std::unique_lock<std::mutex>& lock);
  void record(const Delivery& delivery);

  std::unique_ptr<Store> store_;  // under mutex_
  AddressPolicy policy_;
  std::function<std::int64_t()> now_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::uint64_t news_ = 0;  // under mutex_
  std::atomic<bool> should_stop_{false};
  std::vector<std::thread> threads_;
};

}  // namespace refedge::origin
