#include "edge/links/link_cache.h"

#include <cstring>
#include <utility>

namespace refedge::edge {
namespace {

bool fits(std::string_view code) noexcept { return !code.empty() && code.size() <= kMaxShareCodeLength; }

// Both halves of a 128-bit product, so that every bit of both factors reaches every bit of the result.
std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a ^ 0x9E3779B97F4A7C15U) * (b ^ 0xD1B54A32D192ED03U);
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

}  // namespace

LinkCache::Words LinkCache::pad(std::string_view code) noexcept {
  Words words{};
  std::memcpy(words.data(), code.data(), code.size());
  return words;
}

LinkCache::Set& LinkCache::set_of(const Words& words) noexcept {
  return sets_[(mix(words[0], words[1]) ^ mix(words[2], words[3])) % kSets];
}

std::optional<std::string_view> LinkCache::find(std::string_view code, std::uint64_t version) noexcept {
  if (!fits(code)) return std::nullopt;
  const Words words = pad(code);
  Set& set = set_of(words);
  if (!set[0].is_for(words, code.size())) {
    if (!set[1].is_for(words, code.size())) return std::nullopt;
    std::swap(set[0], set[1]);
  }
  if (set[0].version != version) return std::nullopt;
  return std::string_view(set[0].record, set[0].record_length);
}

void LinkCache::put(std::string_view code, std::uint64_t version, std::string_view record) noexcept {
  if (!fits(code)) return;
  const Words words = pad(code);
  Set& set = set_of(words);
  Entry& entry = set[0].is_for(words, code.size()) ? set[0] : set[1];
  entry = {words, version, record.data(), static_cast<std::uint32_t>(record.size()), static_cast<std::uint32_t>(code.size())};
}

}  // namespace refedge::edge
