// refedge_spooltool <directory> [--commit]: prints the clicks of a spool as JSON lines, oldest first, for tests.
// With --commit it then treats them as shipped: finished segments are deleted.
#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstring>
#include <string>

#include "edge/spool/click_payload.h"
#include "edge/spool/spool_reader.h"

namespace refedge::edge {
namespace {

int fail(const std::string& why) {
  std::fprintf(stderr, "refedge_spooltool: %s\n", why.c_str());
  return 1;
}

void print(const std::string& payload) {
  const auto click = decode_click(payload);
  nlohmann::ordered_json line;
  if (click) {
    line = {{"click_id", click->click_id}, {"code", click->code}, {"market_id", click->market_id},
            {"at_ms", click->at_ms}, {"verdict", visit_verdict_name(click->verdict)}};
  } else {
    line = {{"error", errc_name(click.error().code)}, {"field", click.error().field}};
  }
  std::printf("%s\n", line.dump().c_str());
}

int run(const char* directory, bool commit) {
  auto reader = SpoolReader::open(directory);
  if (!reader) return fail(reader.message());
  const auto payloads = reader->next_batch(static_cast<std::size_t>(-1));
  if (!payloads) return fail(payloads.message());
  for (const std::string& payload : *payloads) print(payload);
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
