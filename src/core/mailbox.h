// E-mail addresses as mailboxes, for the question whether two of them are one person's. Private to src/core.
// Spec: docs/protocol.md#fraud-flags.
#pragma once

#include <string>
#include <string_view>

namespace refedge {

struct Mailbox {
  std::string address;  // trimmed and in lower case
  std::string local;    // without +tag, and without dots where the provider ignores them
  std::string domain;   // empty: no address, or one too long to be looked into
};

[[nodiscard]] Mailbox read_mailbox(std::string_view email);

// is_same_mailbox tells whether mail to either address ends in one mailbox.
[[nodiscard]] bool is_same_mailbox(const Mailbox& a, const Mailbox& b) noexcept;

// is_alike tells whether two addresses under one domain differ in no more than separators, a number at the
// end and one or two letters.
[[nodiscard]] bool is_alike(const Mailbox& a, const Mailbox& b);


}  // namespace refedge
