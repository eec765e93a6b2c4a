#include "edge/links/link_cache.h"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <memory>
#include <new>

namespace refedge::edge {
namespace {

constexpr std::size_t kLargePage = std::size_t{2} << 20;
constexpr std::size_t kLine = 64;
constexpr std::size_t kExpectedLines = 5;  // of a record that is not long: 256 bytes lie in so many

// Both halves of a 128-bit product, so that every bit of both factors reaches every bit of the result.
std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a ^ 0x9E3779B97F4A7C15U) * (b ^ 0xD1B54A32D192ED03U);
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

template <typename Word>
std::uint64_t load(const char* at) noexcept {
  Word word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

// Words that overlap where the code does not fill them: to put its characters together first would have the processor
// wait for what it has just stored. Of 1 to kMaxCode characters.
std::uint64_t hash_of(std::string_view code) noexcept {
  const std::size_t size = code.size();
  const char* const begin = code.data();
  const char* const end = begin + size;
  if (size < 4) return mix(load<std::uint8_t>(begin) << 16 | load<std::uint8_t>(begin + size / 2) << 8 | load<std::uint8_t>(end - 1), size);
  if (size < 8) return mix(load<std::uint32_t>(begin) << 32 | load<std::uint32_t>(end - 4), size);
  const std::uint64_t outer = mix(load<std::uint64_t>(begin) + size, load<std::uint64_t>(end - 8));
  return size <= 16 ? outer : mix(outer ^ load<std::uint64_t>(begin + 8), load<std::uint64_t>(end - 16));
}
static_assert(LinkCache::kMaxCode <= 32);

std::size_t length_of(std::string_view code, std::string_view record) noexcept {
  return 1 + code.size() + record.size();
}

bool is_of_code(std::string_view bytes, std::string_view code) noexcept {
  return static_cast<std::uint8_t>(bytes[0]) == code.size() && bytes.substr(1, code.size()) == code;
}

}  // namespace

LinkCache::LinkCache(std::size_t max_bytes) : max_sets_(std::max(max_bytes, kMinBytes) / sizeof(Set)) {
  if (!allocate(kMinBytes / sizeof(Set))) throw std::bad_alloc();
}

LinkCache::~LinkCache() { release(); }

void LinkCache::release() noexcept {
  if (mapping_ != nullptr) munmap(mapping_, mapped_bytes_);
}

// In large pages where the system has them: every look is at another place, and what says where a page of memory is
// would have to come from memory too. Pages that nobody touched take none.
bool LinkCache::allocate(std::size_t num_sets) noexcept {
  const std::size_t bytes = num_sets * sizeof(Set) + kLargePage;
  void* mapping = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED) return false;
  release();
  mapping_ = mapping;
  mapped_bytes_ = bytes;
  void* begin = mapping;
  std::size_t room = bytes;
  std::align(kLargePage, num_sets * sizeof(Set), begin, room);
  static_cast<void>(madvise(begin, num_sets * sizeof(Set), MADV_HUGEPAGE));
  sets_ = static_cast<Set*>(begin);
  num_sets_ = num_sets;
  return true;
}

bool LinkCache::make_room_for(std::size_t table_bytes) noexcept {
  const std::size_t wanted = std::min(table_bytes / sizeof(Set), max_sets_);
  return wanted > num_sets_ && allocate(wanted);
}

LinkCache::Place LinkCache::place_of(std::string_view code) const noexcept {
  __extension__ using Wide = unsigned __int128;
  const std::uint64_t hash = hash_of(code);
  const auto set = static_cast<std::size_t>(static_cast<Wide>(hash) * num_sets_ >> 64);  // its high bits
  return {&sets_[set], static_cast<std::uint16_t>(hash)};
}

std::optional<std::size_t> LinkCache::link_of(const Place& place, std::string_view code) const noexcept {
  const Set& set = *place.set;
  if (set.epoch != epoch_) return std::nullopt;
  for (std::uint32_t links = set.links_of(place.tag); links != 0; links &= links - 1) {
    const auto link = static_cast<std::size_t>(std::countr_zero(links));
    if (is_of_code(set.bytes_of(link), code)) return link;
  }
  return std::nullopt;
}

void LinkCache::expect(std::string_view code) const noexcept {
  if (!fits(code)) return;
  __builtin_prefetch(place_of(code).set);
}

// As many lines for every record: how long this one is has to come from memory.
void LinkCache::expect_record(std::string_view code) const noexcept {
  if (!fits(code)) return;
  const auto [set, tag] = place_of(code);
  const std::uint32_t links = set->links_of(tag);
  if (links == 0) return;
  const std::string_view bytes = set->bytes_of(static_cast<std::size_t>(std::countr_zero(links)));
  for (std::size_t line = 0; line < kExpectedLines; ++line)
    __builtin_prefetch(bytes.data() + std::min(line * kLine, bytes.size() - 1));
}

std::optional<std::string_view> LinkCache::find(std::string_view code) noexcept {
  if (!fits(code)) return std::nullopt;
  const Place place = place_of(code);
  const auto link = link_of(place, code);
  if (!link) return std::nullopt;
  Set& set = *place.set;
  const std::uint32_t found = set.found | 1U << *link;
  if (found != set.found) set.found = static_cast<std::uint16_t>(found);  // or the line would have to be written back
  return set.bytes_of(*link).substr(1 + code.size());
}

// All at once and without a branch: a processor that guesses where a search ends is wrong most of the time, finds out
// when the tags have come from memory, and has done nothing else until then.
std::uint32_t LinkCache::Set::links_of(std::uint16_t tag) const noexcept {
  using Tags = std::uint16_t __attribute__((vector_size(16)));
  constexpr std::array<Tags, 2> kBits = {Tags{1, 2, 4, 8, 16, 32, 64, 128}, {256, 512, 1024, 2048, 4096}};
  static_assert(kMaxLinks == 13);
  std::array<Tags, 2> there;
  std::memcpy(&there, this, sizeof there);
  const auto bits = std::bit_cast<std::array<std::uint64_t, 2>>(((there[0] == tag) & kBits[0]) | ((there[1] == tag) & kBits[1]));
  std::uint64_t links = bits[0] | bits[1];
  links |= links >> 32;
  links |= links >> 16;
  return static_cast<std::uint32_t>(links) & ((1U << count) - 1);
}

void LinkCache::Set::remove(std::size_t link) noexcept {
  const std::size_t begin = bounds[link];
  const std::size_t end = bounds[link + 1];
  std::memmove(bytes.data() + begin, bytes.data() + end, size() - end);
  for (std::size_t i = link + 1; i < count; ++i) {
    tags[i - 1] = tags[i];
    bounds[i] = static_cast<std::uint16_t>(bounds[i + 1] - (end - begin));
  }
  const std::uint32_t before = (1U << link) - 1;
  found = static_cast<std::uint16_t>((found & before) | (found >> 1 & ~before));
  --count;
}

// The oldest goes that was not found. Where all were, all have to prove their use again.
void LinkCache::Set::make_room(std::size_t length) noexcept {
  while (!has_room(length)) {
    auto link = static_cast<std::size_t>(std::countr_one(found));
    if (link >= count) link = found = 0;
    remove(link);
  }
}

void LinkCache::Set::append(std::uint16_t tag, std::string_view code, std::string_view record) noexcept {
  char* const begin = bytes.data() + size();
  *begin = static_cast<char>(code.size());
  const char* const end = std::copy(record.begin(), record.end(), std::copy(code.begin(), code.end(), begin + 1));
  tags[count] = tag;
  bounds[++count] = static_cast<std::uint16_t>(end - bytes.data());
}

void LinkCache::empty_if_stale(Set& set) const noexcept {
  if (set.epoch == epoch_) return;
  set.epoch = epoch_;
  set.count = set.found = 0;
}

void LinkCache::put(std::string_view code, std::string_view record) noexcept {
  if (!fits(code, record)) return;
  const Place place = place_of(code);
  const auto [set, tag] = place;
  if (const auto known = link_of(place, code)) set->remove(*known);
  empty_if_stale(*set);
  const std::size_t length = length_of(code, record);
  if (!set->has_room(length) && ++num_crowded_ % kAdmitted != 0) return;
  set->make_room(length);
  set->append(tag, code, record);
}

bool LinkCache::add(std::string_view code, std::string_view record) noexcept {
  if (!fits(code, record)) return false;
  const Place place = place_of(code);
  if (link_of(place, code)) return true;
  empty_if_stale(*place.set);
  if (!place.set->has_room(length_of(code, record))) return false;
  place.set->append(place.tag, code, record);
  return true;
}

void LinkCache::forget(std::string_view code) noexcept {
  if (!fits(code)) return;
  const Place place = place_of(code);
  if (const auto link = link_of(place, code)) place.set->remove(*link);
}

}  // namespace refedge::edge
