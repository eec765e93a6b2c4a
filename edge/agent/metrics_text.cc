#include <array>
#include <string>
#include <string_view>

#include "edge/agent/metrics_server.h"

namespace refedge::edge {
namespace {

struct Metric {
  std::string_view name;
  std::string_view help;
  AgentCounts::Count AgentCounts::*count;
};

constexpr std::array kCounters = {
    Metric{"refedge_agent_links_stored_total", "Links put into the link table.", &AgentCounts::links_stored},
    Metric{"refedge_agent_links_refused_total", "Links of the feed that the table cannot hold.",
           &AgentCounts::links_refused},
    Metric{"refedge_agent_feed_failures_total", "Requests for links that failed.",
           &AgentCounts::link_failures},
    Metric{"refedge_agent_feed_restarts_total", "Times the feed was read again from its beginning.",
           &AgentCounts::feed_restarts},
    Metric{"refedge_agent_clicks_delivered_total", "Clicks that the origin has answered for.",
           &AgentCounts::clicks_delivered},
    Metric{"refedge_agent_clicks_rejected_total", "Clicks put into rejected.bad.",
           &AgentCounts::clicks_rejected},
    Metric{"refedge_agent_conversions_delivered_total", "Conversions that the origin has answered for.",
           &AgentCounts::conversions_delivered},
    Metric{"refedge_agent_conversions_rejected_total", "Conversions put into rejected.bad.",
           &AgentCounts::conversions_rejected},
    Metric{"refedge_agent_delivery_failures_total", "Deliveries that will be tried again.",
           &AgentCounts::delivery_failures},
    Metric{"refedge_agent_spool_damaged_segments_total", "Segments of the spool set aside as .bad.",
           &AgentCounts::damaged_segments},
};

constexpr std::array kGauges = {
    Metric{"refedge_agent_link_cursor", "The feed position that the link table has.",
           &AgentCounts::link_cursor},
    Metric{"refedge_agent_conversions_waiting", "Conversions held in the spool until the origin takes them.",
           &AgentCounts::conversions_waiting},
};

void append(std::string& text, const Metric& metric, std::string_view type, std::uint64_t value) {
  text.append("# HELP ").append(metric.name).append(" ").append(metric.help).append("\n# TYPE ");
  text.append(metric.name).append(" ").append(type).append("\n");
  text.append(metric.name).append(" ").append(std::to_string(value)).append("\n");
}

}  // namespace

std::string write_metrics(const AgentCounts& counts) {
  std::string text;
  for (const Metric& metric : kCounters) append(text, metric, "counter", counts.*metric.count);
  for (const Metric& metric : kGauges) append(text, metric, "gauge", counts.*metric.count);
  const Metric ready{"refedge_agent_ready", "1 once the link feed was read to its end.", nullptr};
  append(text, ready, "gauge", counts.links_complete ? 1 : 0);
  return text;
}

}  // namespace refedge::edge
