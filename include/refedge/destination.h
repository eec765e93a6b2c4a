// Where a redirect leads: the link's location, with what the visitor's query may add to it.
// Spec: docs/protocol.md#destinations.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace refedge {

// Which of the visitor's parameters go on to the destination.
enum class Passthrough : std::uint8_t {
  kNone = 1,
  kUtm = 2,  // those whose name begins with "utm_"
  kAll = 3,  // all but `ref`, `bp_e` and `bp_p`
};

// Whose parameter counts when the link's location has one of the same name.
enum class Precedence : std::uint8_t {
  kLink = 1,     // the visitor's is left out
  kVisitor = 2,  // the link's is taken out and the visitor's put at the end
};

struct DestinationRule {
  Passthrough passthrough = Passthrough::kUtm;
  Precedence precedence = Precedence::kLink;
};

// is_location tells whether `text` can be a link's location: an absolute http or https URL with a host, of
// 0x21 to 0x7E alone, of at most kMaxUrlLength bytes.
[[nodiscard]] bool is_location(std::string_view text) noexcept;

// build_destination returns `location` itself when the visitor adds nothing (without an allocation), else a
// view into `buffer`, which it overwrites. `query` is the query string of the visitor's request, with or
// without its '?'.
//
// Scheme, host, path and fragment are those of `location`, byte for byte, and so are its parameters but for
// those that kVisitor replaces. The visitor's are decoded as a form's and encoded again, so that the result
// is of 0x21 to 0x7E alone; they stand after the link's in their own order. `ref`, `bp_e`, `bp_p` and every
// spelling that a web framework takes for them never pass. A visitor's parameter is left out, and never an
// error, when it has no name, a name over kMaxKeyLength bytes, a bad '%', or a control character; when it
// comes after kMaxVisitorParams others; or when it would make the result longer than kMaxUrlLength. A query
// over kMaxUrlLength adds nothing. Precondition: is_location(location). Example: "https://shop/?ref=k7#top",
// "utm_source=mail&ref=x" -> "https://shop/?ref=k7&utm_source=mail#top"
[[nodiscard]] std::string_view build_destination(std::string_view location, std::string_view query,
                                                 DestinationRule rule, std::string& buffer);

}  // namespace refedge
