// The texts of refedge_status. Spec: docs/protocol.md#edge-status.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "edge/links/link_table_reader.h"
#include "edge/nginx/counters.h"

namespace refedge::edge {

enum class StatusFormat : std::uint8_t { kJson, kPrometheus };

// What is looked up when the status is asked for, beside the counters.
struct StatusFacts {
  const CounterTable& counters;
  std::optional<LinkTableInfo> links;  // nothing: the table cannot be read
  std::int64_t links_age_seconds = 0;  // since the table was written
  std::optional<std::size_t> spool_bytes;
  std::size_t spool_max_bytes = 0;
};

// write_status gives the report: one JSON object, or Prometheus text format 0.0.4.
[[nodiscard]] std::string write_status(const StatusFacts& facts, StatusFormat format);

[[nodiscard]] std::string_view status_content_type(StatusFormat format) noexcept;

}  // namespace refedge::edge
