#include "core/mailbox.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/ascii.h"
#include "refedge/track.h"

namespace refedge {
namespace {

constexpr std::size_t kMaxLocalPartLength = 64;    // RFC 5321 section 4.5.3.1.1
constexpr std::size_t kLettersPerDifference = 4;   // one letter in four may differ,
constexpr std::size_t kMaxDifferences = 2;         // but never more than two

template <class Predicate>
void remove_if(std::string& text, Predicate predicate) {
  text.erase(std::remove_if(text.begin(), text.end(), predicate), text.end());
}

bool is_separator(char c) noexcept { return c == '.' || c == '_' || c == '-'; }

// A local part that is a tag as a whole stays.
std::string_view without_tag(std::string_view local) noexcept {
  const std::string_view name = local.substr(0, local.find('+'));
  return name.empty() ? local : name;
}

// Empty for a number: neighbours in a numbering are other people.
std::string loose_local(std::string local) {
  remove_if(local, is_separator);
  while (!local.empty() && is_digit(local.back())) local.pop_back();
  return local;
}

// Levenshtein's distance, one row at a time. Precondition: `b` has at most kMaxLocalPartLength bytes.
std::size_t edit_distance(std::string_view a, std::string_view b) noexcept {
  std::array<std::size_t, kMaxLocalPartLength + 1> row{};
  for (std::size_t k = 0; k <= b.size(); ++k) row[k] = k;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t k = 0; k < b.size(); ++k) {
      const std::size_t changed = diagonal + (a[i] == b[k] ? 0 : 1);
      diagonal = row[k + 1];
      row[k + 1] = std::min({changed, row[k] + 1, diagonal + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

Mailbox read_mailbox(std::string_view email) {
  Mailbox mailbox = {normalise_email(email), {}, {}};
  const std::size_t at = mailbox.address.rfind('@');
  if (at == std::string::npos || at == 0 || at > kMaxLocalPartLength) return mailbox;
  mailbox.local = without_tag(std::string_view(mailbox.address).substr(0, at));
  mailbox.domain = mailbox.address.substr(at + 1);
  if (mailbox.domain == "googlemail.com") mailbox.domain = "gmail.com";
  if (mailbox.domain == "gmail.com") remove_if(mailbox.local, [](char c) { return c == '.'; });
  return mailbox;
}

bool is_same_mailbox(const Mailbox& a, const Mailbox& b) noexcept {
  return !a.domain.empty() && !a.local.empty() && a.domain == b.domain && a.local == b.local;
}

bool is_alike(const Mailbox& a, const Mailbox& b) {
  if (a.domain.empty() || a.domain != b.domain) return false;
  const std::string ours = loose_local(a.local);
  const std::string theirs = loose_local(b.local);
  if (ours.empty() || theirs.empty()) return false;
  const std::size_t longer = std::max(ours.size(), theirs.size());
  return edit_distance(ours, theirs) <= std::min(longer / kLettersPerDifference, kMaxDifferences);
}

}  // namespace refedge
