#include "edge/agent/click_batch.h"

#include <nlohmann/json.hpp>

#include "refedge/json_writer.h"

namespace refedge::edge {
namespace {

void append_member(std::string& out, std::string_view key, std::string_view value) {
  append_json_string(out, key);
  out.push_back(':');
  append_json_string(out, value);
  out.push_back(',');
}

}  // namespace

std::string write_click(const Click& click) {
  std::string out = "{";
  append_member(out, "click_id", click.click_id);
  append_member(out, "code", click.code);
  append_member(out, "market_id", click.market_id);
  out.append("\"at_ms\":").append(std::to_string(click.at_ms)).append(",");
  append_member(out, "verdict", visit_verdict_name(click.verdict));
  out.back() = '}';
  return out;
}

std::string write_click_batch(std::span<const Click> clicks) {
  std::string out = "{\"clicks\":[";
  for (const Click& click : clicks) out.append(write_click(click)).push_back(',');
  if (clicks.empty()) return out.append("]}");
  out.back() = ']';
  out.push_back('}');
  return out;
}

bool acknowledges(std::string_view body, std::size_t count) {
  const auto answer = nlohmann::json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (!answer.is_object()) return false;
  const auto accepted = answer.find("accepted");
  const auto duplicates = answer.find("duplicates");
  if (accepted == answer.end() || duplicates == answer.end()) return false;
  if (!accepted->is_number_unsigned() || !duplicates->is_number_unsigned()) return false;
  const auto num_accepted = accepted->get<std::uint64_t>();
  // No sum: it may wrap around.
  return num_accepted <= count && duplicates->get<std::uint64_t>() == count - num_accepted;
}

}  // namespace refedge::edge
