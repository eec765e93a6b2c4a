#include "edge/links/link_cache.h"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>
#include <utility>

namespace refedge::edge {
namespace {

constexpr std::uint64_t low_bits(unsigned count) noexcept { return (std::uint64_t{1} << count) - 1; }

// Both halves of a 128-bit product, so that every bit of both factors reaches every bit of the result.
std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a ^ 0x9E3779B97F4A7C15U) * (b ^ 0xD1B54A32D192ED03U);
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

}  // namespace

// In large pages where the system has them: every look is at another place, and would miss the TLB too.
LinkCache::Sets LinkCache::allocate(std::size_t count) {
  constexpr std::size_t kLargePage = std::size_t{2} << 20;
  const std::size_t bytes = count * sizeof(Set);  // both are powers of two
  const bool is_large = bytes >= kLargePage;
  Sets sets(static_cast<Set*>(std::aligned_alloc(is_large ? kLargePage : alignof(Set), bytes)));
  if (sets == nullptr) throw std::bad_alloc();
  if (is_large) static_cast<void>(madvise(sets.get(), bytes, MADV_HUGEPAGE));
  std::uninitialized_fill_n(sets.get(), count, Set{});
  return sets;
}

LinkCache::Entry LinkCache::key_of(std::string_view code) noexcept {
  Entry key;
  std::array<char, kMaxCode> padded{};
  std::memcpy(padded.data(), code.data(), code.size());
  std::memcpy(&key.head, padded.data(), sizeof key.head);
  std::memcpy(&key.tail, padded.data() + sizeof key.head, sizeof key.tail);
  key.code_length = code.size() & low_bits(8);
  return key;
}

std::size_t LinkCache::set_of(const Entry& key) const noexcept {
  return mix(key.head, key.tail) & (num_sets_ - 1);
}

void LinkCache::make_room_for(std::size_t links) {
  const std::size_t wanted = std::bit_ceil(std::clamp(links, kMinEntries, kMaxEntries));
  if (wanted <= num_entries()) return;
  sets_ = allocate(wanted / kWays);
  num_sets_ = wanted / kWays;
}

void LinkCache::expect(std::string_view code) const noexcept {
  if (fits(code)) __builtin_prefetch(&sets_[set_of(key_of(code))]);
}

std::optional<std::string_view> LinkCache::find(std::string_view code, std::uint64_t version) noexcept {
  if (!fits(code)) return std::nullopt;
  const Entry key = key_of(code);
  auto& [first, second] = sets_[set_of(key)].entries;
  if (!is_same_code(first, key)) {
    if (!is_same_code(second, key)) return std::nullopt;
    std::swap(first, second);
  }
  if (first.version != (version & low_bits(48))) return std::nullopt;
  return std::string_view(reinterpret_cast<const char*>(std::uintptr_t{first.record}), first.record_length);
}

void LinkCache::put(std::string_view code, std::uint64_t version, std::string_view record) noexcept {
  if (!fits(code) || record.empty() || record.size() > kMaxRecord) return;
  Entry entry = key_of(code);
  auto& [first, second] = sets_[set_of(entry)].entries;
  entry.record = reinterpret_cast<std::uintptr_t>(record.data()) & low_bits(56);
  entry.record_length = record.size() & kMaxRecord;
  entry.version = version & low_bits(48);
  const bool first_is_free = first.version != entry.version;  // empty, or of a state of the past
  (is_same_code(first, entry) || (first_is_free && !is_same_code(second, entry)) ? first : second) = entry;
}

void LinkCache::clear() noexcept { std::fill_n(sets_.get(), num_sets_, Set{}); }

}  // namespace refedge::edge
