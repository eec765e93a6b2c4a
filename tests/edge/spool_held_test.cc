// Records that are held back, while others of the spool go on.
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "tests/edge/spool_files.h"
#include "tests/edge/temp_dir.h"

namespace refedge::edge {
namespace {

using testing::commit;
using testing::files;
using testing::open_reader;
using testing::put;
using testing::Strings;
using testing::take;
using testing::take_records;
using testing::TempDir;

TEST(Spool, a_held_record_keeps_its_segment_and_blocks_no_other) {
  const TempDir dir;
  {
    SpoolWriter writer({.directory = dir.path(), .segment_bytes = 64});
    for (const char* payload : {"one", "two", "three", "four"}) put(writer, payload);
  }
  ASSERT_EQ(files(dir.path()).size(), 2u);  // 16 bytes a record: three and a seal fit into 64
  auto reader = open_reader(dir.path());
  const auto batch = take_records(reader, 2);
  ASSERT_EQ(batch.size(), 2u);
  const std::vector<SpoolPlace> held = {batch[0].place, batch[1].place};
  commit(reader, held);
  EXPECT_EQ(take(reader), (Strings{"three", "four"})) << "what is held does not come again by itself";
  commit(reader);
  EXPECT_EQ(files(dir.path()).size(), 1u);
  EXPECT_EQ(take(reader), Strings{});
  commit(reader);

  EXPECT_EQ(*reader.read_again(held[1]), "two");
  ASSERT_TRUE(reader.release(held[1]));
  EXPECT_EQ(*reader.read_again(held[0]), "one");
  EXPECT_EQ(files(dir.path()).size(), 1u);
  ASSERT_TRUE(reader.release(held[0]));
  EXPECT_EQ(files(dir.path()), Strings{});
  EXPECT_FALSE(reader.read_again(held[0]));
  EXPECT_TRUE(reader.release(held[0])) << "once more is harmless";
}

TEST(Spool, a_held_record_of_a_running_segment_outlives_its_end) {
  const TempDir dir;
  auto writer = std::make_unique<SpoolWriter>(SpoolWriter::Options{.directory = dir.path()});
  put(*writer, "one");
  auto reader = open_reader(dir.path());
  const auto batch = take_records(reader);
  const std::vector<SpoolPlace> held = {batch[0].place};
  commit(reader, held);
  ASSERT_TRUE(reader.release(held[0]));
  put(*writer, "two");
  const auto more = take_records(reader);
  ASSERT_EQ(more.size(), 1u);
  const std::vector<SpoolPlace> held_again = {more[0].place};
  commit(reader, held_again);
  writer.reset();
  EXPECT_EQ(take(reader), Strings{});
  commit(reader);
  EXPECT_EQ(files(dir.path()).size(), 1u);
  ASSERT_TRUE(reader.release(held_again[0]));
  EXPECT_EQ(files(dir.path()), Strings{});
}

TEST(Spool, a_reader_that_starts_again_hands_out_what_was_held) {
  const TempDir dir;
  {
    SpoolWriter writer({.directory = dir.path()});
    put(writer, "one");
    put(writer, "two");
  }
  {
    auto reader = open_reader(dir.path());
    const auto batch = take_records(reader);
    const std::vector<SpoolPlace> held = {batch[1].place};
    commit(reader, held);
  }
  auto reader = open_reader(dir.path());
  EXPECT_EQ(take(reader), (Strings{"one", "two"}));
}

}  // namespace
}  // namespace refedge::edge
