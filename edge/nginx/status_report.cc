#include "edge/nginx/status_report.h"

#include <array>

namespace refedge::edge {
namespace {

// A family is a metric of Prometheus and an object of the JSON form; its members are told apart by a label.
struct Family {
  std::string_view name;  // of the JSON object; refedge_<name>_total in Prometheus
  std::string_view label;
  std::string_view help;
};

struct Member {
  std::size_t family;
  std::string_view name;
  Counter counter;
};

constexpr std::array<Family, 7> kFamilies = {{
    {"clicks", "verdict", "Visits to share links that serve, by verdict."},
    {"answers", "kind",
     "Answers to share links: redirects to the destination, preview pages, fallback pages."},
    {"misses", "reason", "Visits to share links that do not serve, by reason."},
    {"captures", "cookie", "Cookies set for ?ref= on pages, signed or not."},
    {"conversions", "kind",
     "Requests to refedge_track with a verified cookie; conversions spooled for an absent origin."},
    {"consent", "decision", "Cookies that were not set because the visitor has not agreed."},
    {"lost", "kind", "What the spool did not take: full, or the disk refuses."},
}};

constexpr std::array kMembers = {
    Member{0, "human", Counter::kHuman},
    Member{0, "bot", Counter::kBot},
    Member{0, "unfurler", Counter::kUnfurler},
    Member{0, "prefetch", Counter::kPrefetch},
    Member{0, "head", Counter::kHead},
    Member{0, "repeat", Counter::kRepeat},
    Member{1, "redirect", Counter::kRedirects},
    Member{1, "preview", Counter::kPreviews},
    Member{1, "fallback", Counter::kFallbacks},
    Member{2, "unknown", Counter::kUnknown},
    Member{2, "expired", Counter::kExpired},
    Member{2, "withdrawn", Counter::kWithdrawn},
    Member{2, "blocked", Counter::kBlocked},
    Member{2, "damaged", Counter::kDamaged},
    Member{2, "unavailable", Counter::kUnavailable},
    Member{3, "signed", Counter::kCaptures},
    Member{3, "unsigned", Counter::kUnsignedCaptures},
    Member{4, "attributed", Counter::kAttributed},
    Member{4, "spooled", Counter::kConversionsSpooled},
    Member{5, "denied", Counter::kConsentDenied},
    Member{6, "clicks", Counter::kClicksLost},
    Member{6, "conversions", Counter::kConversionsLost},
};

std::string json_family(const CounterTable& counters, std::size_t family) {
  std::string out = "\"";
  out.append(kFamilies[family].name).append("\":{");
  std::string_view separator;
  for (const Member& member : kMembers) {
    if (member.family != family) continue;
    out.append(separator).append("\"").append(member.name).append("\":");
    out.append(std::to_string(counters.total(member.counter)));
    separator = ",";
  }
  return out.append("}");
}

std::string json_links(const StatusFacts& facts) {
  if (!facts.links) return "\"links\":{\"open\":false}";
  return "\"links\":{\"open\":true,\"entries\":" + std::to_string(facts.links->entries) +
         ",\"cursor\":" + std::to_string(facts.links->cursor) +
         ",\"age_seconds\":" + std::to_string(facts.links_age_seconds) + "}";
}

std::string json_spool(const StatusFacts& facts) {
  const std::string bytes = facts.spool_bytes ? std::to_string(*facts.spool_bytes) : "null";
  return "\"spool\":{\"bytes\":" + bytes + ",\"max_bytes\":" + std::to_string(facts.spool_max_bytes) + "}";
}

std::string write_json(const StatusFacts& facts) {
  std::string out = "{";
  for (std::size_t family = 0; family < kFamilies.size(); ++family)
    out.append(json_family(facts.counters, family)).append(",");
  return out.append(json_links(facts)).append(",").append(json_spool(facts)).append("}\n");
}

void append_family(std::string& out, const CounterTable& counters, std::size_t family) {
  const Family& about = kFamilies[family];
  const std::string name = "refedge_" + std::string(about.name) + "_total";
  out.append("# HELP ")
      .append(name)
      .append(" ")
      .append(about.help)
      .append("\n# TYPE ")
      .append(name)
      .append(" counter\n");
  for (const Member& member : kMembers) {
    if (member.family != family) continue;
    out.append(name).append("{").append(about.label).append("=\"").append(member.name).append("\"} ");
    out.append(std::to_string(counters.total(member.counter))).append("\n");
  }
}

void append_gauge(std::string& out, std::string_view name, std::string_view help, std::int64_t value) {
  out.append("# HELP refedge_").append(name).append(" ").append(help);
  out.append("\n# TYPE refedge_").append(name).append(" gauge\nrefedge_").append(name).append(" ");
  out.append(std::to_string(value)).append("\n");
}

std::string write_prometheus(const StatusFacts& facts) {
  std::string out;
  for (std::size_t family = 0; family < kFamilies.size(); ++family)
    append_family(out, facts.counters, family);
  append_gauge(out, "links_open", "Whether the link table can be read.", facts.links ? 1 : 0);
  if (facts.links) {
    append_gauge(out, "links_entries", "Links in the table.",
                 static_cast<std::int64_t>(facts.links->entries));
    append_gauge(out, "links_cursor", "The feed's cursor.", static_cast<std::int64_t>(facts.links->cursor));
    append_gauge(out, "links_age_seconds", "Seconds since the table was written.", facts.links_age_seconds);
  }
  if (facts.spool_bytes)
    append_gauge(out, "spool_bytes", "Bytes that the spool takes on disk.",
                 static_cast<std::int64_t>(*facts.spool_bytes));
  append_gauge(out, "spool_max_bytes", "Bytes that the spool may take.",
               static_cast<std::int64_t>(facts.spool_max_bytes));
  return out;
}

}  // namespace

std::string write_status(const StatusFacts& facts, StatusFormat format) {
  return format == StatusFormat::kJson ? write_json(facts) : write_prometheus(facts);
}

std::string_view status_content_type(StatusFormat format) noexcept {
  return format == StatusFormat::kJson ? "application/json" : "text/plain; version=0.0.4; charset=utf-8";
}

}  // namespace refedge::edge
