// refedge_linktool <directory>: applies the JSON lines of standard input to a link table, for tests and benchmarks.
// A line is a link of the feed ({"code","market_id","location","expires_at","active","blocked","fallback","preview"}, the
// last five as they may be left out), or {"code","raw"} with bytes in hex to make a damaged record. Every line is one transaction unless --batch is given.
#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>
#include <vector>

#include "edge/links/link_table_writer.h"
#include "refedge/hex.h"

namespace refedge::edge {
namespace {

struct Owned {
  std::string code;
  std::string location;
  std::string fallback;
  std::array<std::string, 5> preview;
  LinkRecord record;
};

constexpr std::array<const char*, 5> kPreviewMembers = {"title", "description", "image_url", "site_name", "locale"};

int fail(const std::string& why) {
  std::fprintf(stderr, "refedge_linktool: %s\n", why.c_str());
  return 1;
}

Owned read_link(const nlohmann::json& line) {
  Owned link{line.at("code"), line.at("location"), line.value("fallback", ""), {}, {}};
  const auto preview = line.value("preview", nlohmann::json::object());
  for (std::size_t i = 0; i < kPreviewMembers.size(); ++i) link.preview[i] = preview.value(kPreviewMembers[i], "");
  auto market = parse_market_id(line.at("market_id").get<std::string>());
  if (!market) throw std::runtime_error("market_id is no UUID");
  link.record.market_id = *market;
  link.record.expires_at = line.value("expires_at", std::uint64_t{0});
  link.record.state = line.value("active", true) ? LinkState::kActive : LinkState::kWithdrawn;
  if (line.value("blocked", false)) link.record.state = LinkState::kBlocked;
  return link;
}

LinkChange change_of(const Owned& link) {
  LinkChange change{link.code, link.record};
  change.record.location = link.location;
  change.record.fallback = link.fallback;
  change.record.preview = {link.preview[0], link.preview[1], link.preview[2], link.preview[3], link.preview[4]};
  return change;
}

IoResult<Done> apply(LinkTableWriter& writer, std::vector<Owned>& links, std::uint64_t& cursor) {
  std::vector<LinkChange> changes;
  changes.reserve(links.size());
  for (const Owned& link : links) changes.push_back(change_of(link));
  auto done = writer.apply(changes, ++cursor);
  links.clear();
  return done;
}

int run(const char* directory, std::size_t batch) {
  auto writer = LinkTableWriter::open({.directory = directory});
  if (!writer) return fail(writer.message());
  std::uint64_t cursor = 0;
  std::vector<Owned> links;
  for (std::string text; std::getline(std::cin, text);) {
    const auto line = nlohmann::json::parse(text);
    if (line.contains("raw")) {
      const auto bytes = hex_decode(line.at("raw").get<std::string>());
      if (!bytes) return fail("raw is no hex");
      if (auto put = writer->put_raw(line.at("code").get<std::string>(), *bytes); !put) return fail(put.message());
      continue;
    }
    links.push_back(read_link(line));
    if (links.size() < batch) continue;
    if (auto applied = apply(*writer, links, cursor); !applied) return fail(applied.message());
  }
  if (links.empty()) return 0;
  const auto applied = apply(*writer, links, cursor);
  return applied ? 0 : fail(applied.message());
}

}  // namespace
}  // namespace refedge::edge

int main(int argc, char** argv) {
  const bool batch = argc == 3 && std::strcmp(argv[2], "--batch") == 0;
  if (argc != 2 && !batch) {
    std::fprintf(stderr, "Usage: refedge_linktool <directory> [--batch] <links.jsonl\n");
    return 2;
  }
  try {
    return refedge::edge::run(argv[1], batch ? 1000 : 1);
  } catch (const std::exception& error) {
    return refedge::edge::fail(error.what());
  }
}
