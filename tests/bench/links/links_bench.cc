// refedge_links_bench <directory> <what> …: a link table of any size, for script/bench links. Codes and
// records follow from a link's number, so that nothing has to be kept beside the table. Every answer is one
// JSON object.
//   load <links>                        fills a new table, 1000 links a transaction, each durable, as the
//   agent does lookup <links> <lookups>            finds random codes update <links> <updates> <at once>
//   moves random links, <at once> of them a transaction codes <links> <codes>               prints random
//   codes, one a line
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "edge/links/link_table_reader.h"
#include "edge/links/link_table_writer.h"

namespace refedge::edge {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kCodeLength = 12;
constexpr std::uint64_t kCodeMask = (std::uint64_t{1} << 60) - 1;

// Odd, so that the product meets every one of the 60-bit codes once: they spread over the table as random
// ones do.
constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15;

// The code as a number: codes stand in the order of these.
std::uint64_t bits_of(std::uint64_t number) { return number * kSpread & kCodeMask; }

std::string code_of(std::uint64_t number) {
  std::uint64_t bits = bits_of(number);
  std::string code(kCodeLength, '0');
  for (std::size_t i = kCodeLength; i-- > 0; bits >>= 5) code[i] = kAlphabet[bits & 31];
  return code;
}

// As long as a real one with `ref` and `bp_e`: 205 bytes.
std::string location_of(std::string_view code, std::uint64_t version) {
  std::string location = "https://www.shop.example/welcome?ref=" + std::string(code) + "&bp_e=";
  location.resize(199, 'A');
  return location + "&v=" + std::to_string(100 + version % 900);
}

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

int fail(const std::string& why) {
  std::fprintf(stderr, "refedge_links_bench: %s\n", why.c_str());
  return 1;
}

MarketId market() {
  const auto id = parse_market_id("00112233-4455-6677-8899-aabbccddeeff");
  return id ? *id : MarketId{};
}

// Applies links to the table as one transaction.
IoResult<Done> apply(LinkTableWriter& writer, const std::vector<std::uint64_t>& numbers,
                     std::uint64_t version) {
  std::vector<std::string> texts;
  texts.reserve(2 * numbers.size());
  std::vector<LinkChange> changes(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    changes[i].code = texts.emplace_back(code_of(numbers[i]));
    changes[i].record.market_id = market();
    changes[i].record.location = texts.emplace_back(location_of(changes[i].code, version));
  }
  return writer.apply(changes, writer.cursor() + numbers.size());
}

// The links from `first` on, `at_once` of them a transaction. Sorted by code where `in_order`: every page is
// written once.
int load(const std::string& directory, std::uint64_t first, std::uint64_t links, std::uint64_t at_once,
         bool in_order) {
  auto writer = LinkTableWriter::open({.directory = directory});
  if (!writer) return fail(writer.message());
  std::vector<std::uint64_t> numbers(links);
  std::iota(numbers.begin(), numbers.end(), first);
  if (in_order)
    std::sort(numbers.begin(), numbers.end(),
              [](std::uint64_t a, std::uint64_t b) { return bits_of(a) < bits_of(b); });
  const auto begin = Clock::now();
  for (auto at = numbers.begin(); at != numbers.end();) {
    const auto end = at + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(
                              at_once, static_cast<std::uint64_t>(numbers.end() - at)));
    if (auto applied = apply(*writer, {at, end}, 0); !applied) return fail(applied.message());
    at = end;
  }
  std::printf("{\"links\":%llu,\"seconds\":%.3f}\n", static_cast<unsigned long long>(links),
              seconds_since(begin));
  return 0;
}

int lookup(const std::string& directory, std::uint64_t links, std::uint64_t lookups) {
  auto reader = LinkTableReader::open(directory);
  if (!reader) return fail(reader.message());
  std::mt19937_64 random(1);
  std::vector<std::string> codes(lookups);
  std::generate(codes.begin(), codes.end(), [&] { return code_of(random() % links); });
  std::vector<double> nanoseconds;
  for (int round = 0; round < 3; ++round) {  // the first brings the table into memory
    const auto begin = Clock::now();
    for (const std::string& code : codes) {
      const auto known = reader->recall(code);
      if (known && decode_link_record(*known)) continue;
      const auto snapshot = reader->snapshot();
      if (!snapshot) return fail(snapshot.message());
      const auto found = snapshot->find(code);
      if (!found || !*found || !decode_link_record(**found)) return fail("no record of " + code);
    }
    nanoseconds.push_back(seconds_since(begin) * 1e9 / static_cast<double>(lookups));
  }
  std::printf("{\"lookups\":%llu,\"first_ns\":%.0f,\"warm_ns\":%.0f}\n",
              static_cast<unsigned long long>(lookups), nanoseconds[0], nanoseconds[2]);
  return 0;
}

int update(const std::string& directory, std::uint64_t links, std::uint64_t updates, std::uint64_t at_once) {
  auto writer = LinkTableWriter::open({.directory = directory});
  if (!writer) return fail(writer.message());
  std::mt19937_64 random(2);
  std::vector<double> milliseconds;
  std::vector<std::uint64_t> numbers(at_once);
  for (std::uint64_t done = 0; done < updates; done += at_once) {
    std::generate(numbers.begin(), numbers.end(), [&] { return random() % links; });
    const auto begin = Clock::now();
    if (auto applied = apply(*writer, numbers, 1 + done); !applied) return fail(applied.message());
    milliseconds.push_back(seconds_since(begin) * 1e3);
  }
  std::sort(milliseconds.begin(), milliseconds.end());
  std::printf("{\"updates\":%llu,\"at_once\":%llu,\"median_ms\":%.3f,\"max_ms\":%.3f,\"last\":\"%s\"}\n",
              static_cast<unsigned long long>(updates), static_cast<unsigned long long>(at_once),
              milliseconds[milliseconds.size() / 2], milliseconds.back(), code_of(numbers.back()).c_str());
  return 0;
}

int print_codes(std::uint64_t links, std::uint64_t count) {
  std::mt19937_64 random(3);
  for (std::uint64_t i = 0; i < count; ++i) std::printf("%s\n", code_of(random() % links).c_str());
  return 0;
}

int run(const std::vector<std::string>& arguments) {
  const auto number = [&](std::size_t i) { return std::strtoull(arguments[i].c_str(), nullptr, 10); };
  const std::string what = arguments.size() > 2 ? arguments[1] : "";
  if (what == "fill" && arguments.size() == 3) return load(arguments[0], 0, number(2), 100'000, true);
  if (what == "add" && arguments.size() == 4) return load(arguments[0], number(2), number(3), 1000, false);
  if (what == "lookup" && arguments.size() == 4) return lookup(arguments[0], number(2), number(3));
  if (what == "update" && arguments.size() == 5 && number(4) > 0)
    return update(arguments[0], number(2), number(3), number(4));
  if (what == "codes" && arguments.size() == 4) return print_codes(number(2), number(3));
  std::fprintf(stderr, "Usage: refedge_links_bench <directory> fill|add|lookup|update|codes <links> …\n");
  return 2;
}

}  // namespace
}  // namespace refedge::edge

int main(int argc, char** argv) { return refedge::edge::run({argv + 1, argv + argc}); }
