// The visit verdict: what kind of caller a click comes from. Spec: docs/protocol.md#visit-verdict.
#pragma once

#include <cstdint>
#include <string_view>

namespace refedge {

// Stored numbers, append-only. Only kHuman is ever attributed.
enum class VisitVerdict : std::uint8_t {
  kHuman = 1,
  kBot = 2,
  kUnfurler = 3,
  kPrefetch = 4,
  kHead = 5,
};

// The parts of a request that the verdict looks at; absent headers are empty.
struct Visit {
  std::string_view method;
  std::string_view user_agent;
  std::string_view sec_purpose;  // Sec-Purpose
  std::string_view purpose;      // Purpose, and X-Purpose of old Safari
  std::string_view x_moz;        // X-Moz
};

// visit_verdict judges a request. HEAD is kHead; a Sec-Purpose, Purpose or X-Moz header that contains
// "prefetch", "prerender" or "preview" (any case) is kPrefetch; then the user agent decides between
// kUnfurler (makes link previews), kBot (an agent that names itself as a program, or none at all) and
// kHuman. Pure.
[[nodiscard]] VisitVerdict visit_verdict(const Visit& visit) noexcept;

// visit_verdict_name gives the lower-case name used in JSON and logs ("human").
[[nodiscard]] std::string_view visit_verdict_name(VisitVerdict verdict) noexcept;

}  // namespace refedge
