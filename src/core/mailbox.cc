#include "core/mailbox.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "core/ascii.h"

namespace refedge {
namespace {

constexpr std::size_t kMaxLocalPartLength = 64;   // RFC 5321 section 4.5.3.1.1
constexpr std::size_t kLettersPerDifference = 4;  // one letter in four may differ,
constexpr std::size_t kMaxDifferences = 2;        // but never more than two

// What is left of a local part without separators and the number at its end. Empty for a number: neighbours
// in a numbering are other people.
struct Stem {
  std::array<char, kMaxLocalPartLength> letters;
  std::size_t length = 0;
};

Stem stem_of(std::string_view local) noexcept {
  Stem stem;
  for (const char c : local) {
    if (c != '.' && c != '_' && c != '-') stem.letters[stem.length++] = c;
  }
  while (stem.length > 0 && is_digit(stem.letters[stem.length - 1])) --stem.length;
  return stem;
}

// Levenshtein's distance, one row at a time.
std::size_t edit_distance(const Stem& a, const Stem& b) noexcept {
  std::array<std::uint8_t, kMaxLocalPartLength + 1> row;
  for (std::size_t k = 0; k <= b.length; ++k) row[k] = static_cast<std::uint8_t>(k);
  for (std::size_t i = 0; i < a.length; ++i) {
    std::size_t diagonal = row[0];
    row[0] = static_cast<std::uint8_t>(i + 1);
    for (std::size_t k = 0; k < b.length; ++k) {
      const std::size_t changed = diagonal + (a.letters[i] == b.letters[k] ? 0 : 1);
      diagonal = row[k + 1];
      const std::size_t moved = std::min<std::size_t>(row[k], row[k + 1]) + 1;
      row[k + 1] = static_cast<std::uint8_t>(std::min(changed, moved));
    }
  }
  return row[b.length];
}

}  // namespace

std::string mailbox_of(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos || at > kMaxLocalPartLength) return {};
  std::string_view domain = address.substr(at + 1);
  if (domain == "googlemail.com") domain = "gmail.com";
  const bool has_dots = domain != "gmail.com";
  const std::size_t tag = address.find('+');
  // A local part that is a tag as a whole stays.
  const std::string_view local = address.substr(0, tag == 0 ? at : std::min(tag, at));
  std::string mailbox;
  for (const char c : local) {
    if (c != '.' || has_dots) mailbox += c;
  }
  if (mailbox.empty() || domain.empty()) return {};
  mailbox += '@';
  mailbox += domain;
  return mailbox;
}

bool are_alike(std::string_view a, std::string_view b) noexcept {
  const std::size_t at_a = a.rfind('@');
  const std::size_t at_b = b.rfind('@');
  if (a.empty() || b.empty() || a.substr(at_a) != b.substr(at_b)) return false;
  const Stem ours = stem_of(a.substr(0, at_a));
  const Stem theirs = stem_of(b.substr(0, at_b));
  if (ours.length == 0 || theirs.length == 0) return false;
  const std::size_t distance = edit_distance(ours, theirs);
  const std::size_t longer = std::max(ours.length, theirs.length);
  return distance <= kMaxDifferences && distance * kLettersPerDifference <= longer;
}

}  // namespace refedge
