#include "origin/outbound/worker.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "origin/domain/retry.h"
#include "origin/outbound/sender.h"

namespace refedge::origin {
namespace {

// A receiver that does not answer holds up its own market and one of these.
constexpr int kNumThreads = 4;
// Longer than an attempt can take: a claim outlives its attempt, not its worker.
constexpr std::int64_t kClaimSeconds = 60;
constexpr std::int64_t kMaxIdleSeconds = 60;

}  // namespace

OutboxWorker::OutboxWorker(std::unique_ptr<Store> store, AddressPolicy policy,
                           std::function<std::int64_t()> now)
    : store_(std::move(store)), policy_(std::move(policy)), now_(std::move(now)) {
  for (int i = 0; i < kNumThreads; ++i) threads_.emplace_back([this] { run(); });
}

OutboxWorker::~OutboxWorker() {
  should_stop_ = true;
  notify();
  for (std::thread& thread : threads_) thread.join();
}

void OutboxWorker::notify() {
  {
    const std::lock_guard lock(mutex_);
    ++news_;
  }
  wake_.notify_all();
}

void OutboxWorker::run() {
  while (!should_stop_) {
    try {
      const auto delivery = next_delivery();
      if (delivery) record(*delivery);
    } catch (const std::exception& failure) {
      spdlog::error("the outbox failed: {}", failure.what());
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, std::chrono::seconds(1), [this] { return should_stop_.load(); });
    }
  }
}

// A delivery that is due, or nullopt after a wait.
std::optional<Delivery> OutboxWorker::next_delivery() {
  std::unique_lock lock(mutex_);
  const std::int64_t now = now_();
  auto delivery = store_->outbox().claim(now, now + kClaimSeconds);
  if (!delivery) wait_for_work(lock);
  return delivery;
}

void OutboxWorker::wait_for_work(std::unique_lock<std::mutex>& lock) {
  // What is due but not handed out belongs to a market that is busy: its end is told by notify.
  const std::int64_t now = now_();
  const std::int64_t due = store_->outbox().next_due_at().value_or(now + kMaxIdleSeconds);
  const std::int64_t seconds = std::clamp<std::int64_t>(due - now, 1, kMaxIdleSeconds);
  const std::uint64_t seen = news_;
  wake_.wait_for(lock, std::chrono::seconds(seconds), [&] { return news_ != seen || should_stop_; });
}

void OutboxWorker::record(const Delivery& delivery) {
  const SendResult sent = send(delivery, policy_, should_stop_);
  if (should_stop_ && !sent.is_delivered) return;  // cut off by us: its claim runs out
  {
    const std::lock_guard lock(mutex_);
    const std::int64_t now = now_();
    const auto retry_at = next_attempt_at(delivery.created_at, delivery.attempts + 1, now);
    if (sent.is_delivered)
      store_->outbox().mark_delivered(delivery, now);
    else if (retry_at)
      store_->outbox().mark_failed(delivery, *retry_at, sent.cause);
    else
      store_->outbox().mark_given_up(delivery, now, sent.cause);
  }
  spdlog::info("webhook {} attempt {}: {}", delivery.delivery_id, delivery.attempts + 1, sent.cause);
  notify();  // the market is free for its next delivery
}

}  // namespace refedge::origin
