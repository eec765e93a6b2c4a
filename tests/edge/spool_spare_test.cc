// The segment that a writer sets up before the running one is full.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "tests/edge/spool_files.h"
#include "tests/edge/temp_dir.h"

namespace refedge::edge {
namespace {

using testing::files;
using testing::kNow;
using testing::open_reader;
using testing::put;
using testing::Strings;
using testing::take_records;
using testing::TempDir;

constexpr std::size_t kSegment = std::size_t{256} << 10;
constexpr std::size_t kMaxRecords = 100'000;

SpoolWriter::Options options(const TempDir& dir, std::size_t max_segments = 1024) {
  return {.directory = dir.path(), .segment_bytes = kSegment, .max_bytes = max_segments * kSegment};
}

Strings named(const TempDir& dir, std::string_view suffix) {
  auto names = files(dir.path());
  std::erase_if(names, [&](const std::string& name) { return !name.ends_with(suffix); });
  return names;
}

Strings spares(const TempDir& dir) { return named(dir, ".spool.new"); }
Strings segments(const TempDir& dir) { return named(dir, ".spool"); }

// Appends until `is_enough`, and gives how many records that took.
template <class Condition>
std::size_t append_until(SpoolWriter& writer, Condition is_enough) {
  const std::string payload(1000, 'x');
  for (std::size_t count = 0; count < kMaxRecords; ++count) {
    if (is_enough()) return count;
    put(writer, payload);
  }
  ADD_FAILURE() << "never";
  return 0;
}

TEST(SpoolSpare, the_next_segment_is_set_up_before_it_is_needed_and_then_named) {
  const TempDir dir;
  SpoolWriter writer(options(dir));
  std::size_t count = append_until(writer, [&] { return !spares(dir).empty(); });
  EXPECT_EQ(segments(dir).size(), 1u);
  EXPECT_EQ(std::filesystem::file_size(dir.path() + "/" + spares(dir)[0]), kSegment);
  count += append_until(writer, [&] { return segments(dir).size() == 2; });
  EXPECT_TRUE(spares(dir).empty());
  auto reader = open_reader(dir.path());
  EXPECT_EQ(take_records(reader, kMaxRecords).size(), count);
}

TEST(SpoolSpare, one_that_was_swept_away_is_made_again) {
  const TempDir dir;
  SpoolWriter writer(options(dir));
  std::size_t count = append_until(writer, [&] { return !spares(dir).empty(); });
  std::filesystem::remove(dir.path() + "/" + spares(dir)[0]);
  count += append_until(writer, [&] { return segments(dir).size() == 2; });
  auto reader = open_reader(dir.path());
  EXPECT_EQ(take_records(reader, kMaxRecords).size(), count);
}

TEST(SpoolSpare, the_end_of_a_writer_takes_it_away) {
  const TempDir dir;
  {
    SpoolWriter writer(options(dir));
    append_until(writer, [&] { return !spares(dir).empty(); });
  }
  EXPECT_TRUE(spares(dir).empty());
  EXPECT_EQ(segments(dir).size(), 1u);
}

TEST(SpoolSpare, there_is_none_over_the_limit) {
  const TempDir dir;
  SpoolWriter writer(options(dir, 1));
  const std::string payload(1000, 'x');
  while (writer.append(payload, kNow) == AppendOutcome::kStored) EXPECT_TRUE(spares(dir).empty());
  EXPECT_NE(writer.refusal().find("full"), std::string::npos) << writer.refusal();
  EXPECT_EQ(files(dir.path()).size(), 1u);
}

TEST(SpoolSpare, a_segment_below_three_steps_has_none) {
  const TempDir dir;
  SpoolWriter::Options small = options(dir);
  small.segment_bytes = std::size_t{128} << 10;
  SpoolWriter writer(small);
  append_until(writer, [&] {
    EXPECT_TRUE(spares(dir).empty());
    return segments(dir).size() == 3;
  });
}

}  // namespace
}  // namespace refedge::edge
