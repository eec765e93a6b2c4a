// E-mail addresses as mailboxes, for the question whether two of them are one person's. Private to src/core.
// Spec: docs/protocol.md#fraud-flags.
#pragma once

#include <string>
#include <string_view>

namespace refedge {

// mailbox_of writes the address of the mailbox that mail to `address` ends in: without +tag, and at Gmail
// without dots. Empty for what is no address, or one too long to be looked into. Precondition: `address`
// is normalised.
[[nodiscard]] std::string mailbox_of(std::string_view address);

// are_alike tells whether two mailboxes under one domain differ in no more than separators, a number at the
// end and one or two letters. Precondition: mailbox_of wrote them.
[[nodiscard]] bool are_alike(std::string_view a, std::string_view b) noexcept;

}  // namespace refedge
