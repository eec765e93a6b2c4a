// The domain that a referral cookie is set for. Spec: docs/protocol.md#cookies.
#pragma once

#include <string>
#include <string_view>

namespace refedge::edge {

// registrable_domain gives the registrable domain of `host` (a host name without a port, of any case) by libpsl's
// built-in public suffix list, in lower case: "www.shop.co.uk" -> "shop.co.uk". Empty, for a host-only cookie, when
// the host is a public suffix itself, a single label, an IP address, longer than 253 bytes, or no host name (letters,
// digits, '-' and '_' in labels of 1 to 63 bytes; one trailing dot is dropped).
// Spec: RFC 6265 section 5.3 step 5, publicsuffix.org.
[[nodiscard]] std::string registrable_domain(std::string_view host);

}  // namespace refedge::edge
