// refedge_spooltool <directory> [--commit]: prints the clicks and conversions of a spool as JSON lines, oldest first, for tests.
// With --commit it then treats them as shipped: finished segments are deleted.
#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstring>
#include <string>

#include "edge/spool/click_payload.h"
#include "edge/spool/conversion_payload.h"
#include "edge/spool/spool_reader.h"

namespace refedge::edge {
namespace {

int fail(const std::string& why) {
  std::fprintf(stderr, "refedge_spooltool: %s\n", why.c_str());
  return 1;
}

using Json = nlohmann::ordered_json;

Json describe(const Error& error) { return {{"error", errc_name(error.code)}, {"field", error.field}}; }

Json describe_click(const std::string& payload) {
  const auto click = decode_click(payload);
  if (!click) return describe(click.error());
  return {{"click_id", click->click_id}, {"code", click->code}, {"market_id", click->market_id},
          {"at_ms", click->at_ms}, {"verdict", visit_verdict_name(click->verdict)}};
}

Json describe_conversion(const std::string& payload) {
  const auto order = decode_conversion(payload);
  if (!order) return describe(order.error());
  return {{"conversion_id", order->conversion_id}, {"market", order->market}, {"at_ms", order->at_ms},
          {"content_type", order->content_type}, {"attribution", order->attribution}, {"body", order->body}};
}

void print(const std::string& payload) {
  const Json line = is_conversion(payload) ? describe_conversion(payload) : describe_click(payload);
  std::printf("%s\n", line.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
}

int run(const char* directory, bool commit) {
  auto reader = SpoolReader::open(directory);
  if (!reader) return fail(reader.message());
  const auto records = reader->next_batch(static_cast<std::size_t>(-1));
  if (!records) return fail(records.message());
  for (const SpoolRecord& record : *records) print(record.payload);
  if (!commit) return 0;
  const auto committed = reader->commit();
  return committed ? 0 : fail(committed.message());
}

}  // namespace
}  // namespace refedge::edge

int main(int argc, char** argv) {
  const bool commit = argc == 3 && std::strcmp(argv[2], "--commit") == 0;
  if (argc != 2 && !commit) {
    std::fprintf(stderr, "Usage: refedge_spooltool <directory> [--commit]\n");
    return 2;
  }
  try {
    return refedge::edge::run(argv[1], commit);
  } catch (const std::exception& error) {
    return refedge::edge::fail(error.what());
  }
}
