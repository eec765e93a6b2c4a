// What the reader makes of a damaged spool.
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>

#include "tests/edge/spool_files.h"
#include "tests/edge/temp_dir.h"

namespace refedge::edge {
namespace {

using testing::commit;
using testing::files;
using testing::only_file;
using testing::open_reader;
using testing::overwrite;
using testing::put;
using testing::Strings;
using testing::take;
using testing::TempDir;

// Three records in a segment whose writer is gone; what is left when `bytes` are written at `at`.
struct Damage {
  Strings seen;
  Strings left;
  std::uint64_t damaged;
};

Damage read_after(std::streamoff at, const std::string& bytes) {
  const TempDir dir;
  {
    SpoolWriter writer({.directory = dir.path(), .segment_bytes = 4096});
    for (const char* payload : {"first---", "second--", "third---"}) put(writer, payload);
  }
  overwrite(only_file(dir.path()), at, bytes);
  auto reader = open_reader(dir.path());
  Damage damage{take(reader), {}, 0};
  commit(reader);
  damage.left = files(dir.path());
  damage.damaged = reader.damaged_segments();
  return damage;
}

TEST(Spool, a_record_with_a_wrong_byte_ends_the_segment_which_is_set_aside) {
  for (std::streamoff at = 16 + 4; at < 32; ++at) {  // checksum and payload of the second record
    const Damage damage = read_after(at, "\x7F");
    EXPECT_EQ(damage.seen, Strings{"first---"}) << at;
    EXPECT_EQ(damage.damaged, 1u) << at;
    ASSERT_EQ(damage.left.size(), 1u) << at;
    EXPECT_TRUE(damage.left[0].ends_with(".spool.bad")) << damage.left[0];
  }
}

TEST(Spool, a_length_that_does_not_fit_ends_the_segment) {
  using namespace std::string_literals;
  for (const std::string& length : {"\xFF\xFF\xFF\x7F"s, "\x00\x10\x00\x00"s, "\x01\x00\x01\x00"s, "\xFE\xFF\xFF\xFF"s}) {
    const Damage damage = read_after(16, length);
    EXPECT_EQ(damage.seen, Strings{"first---"});
    EXPECT_EQ(damage.damaged, 1u);
  }
}

TEST(Spool, what_is_damaged_while_its_writer_runs_stays_until_the_writer_is_gone) {
  const TempDir dir;
  auto writer = std::make_unique<SpoolWriter>(SpoolWriter::Options{.directory = dir.path(), .segment_bytes = 4096});
  put(*writer, "first---");
  put(*writer, "second--");
  overwrite(only_file(dir.path()), 24, "X");
  auto reader = open_reader(dir.path());
  EXPECT_EQ(take(reader), Strings{"first---"});
  commit(reader);
  EXPECT_TRUE(only_file(dir.path()).ends_with(".spool"));
  writer.reset();
  EXPECT_EQ(take(reader), Strings{});
  commit(reader);
  EXPECT_TRUE(only_file(dir.path()).ends_with(".bad"));
}

TEST(Spool, a_page_of_zeros_before_records_is_damage) {
  const TempDir dir;
  const std::size_t segment = 512 * 1024;
  {
    SpoolWriter writer({.directory = dir.path(), .segment_bytes = segment});
    for (int i = 0; i < 5; ++i) put(writer, std::string(kMaxPayload, 'x'));
  }
  const std::string path = only_file(dir.path());
  overwrite(path, static_cast<std::streamoff>(record_size(kMaxPayload)), std::string(4096, '\0'));
  auto reader = open_reader(dir.path());
  EXPECT_EQ(take(reader).size(), 1u);
  commit(reader);
  EXPECT_EQ(reader.damaged_segments(), 1u);
  EXPECT_TRUE(only_file(dir.path()).ends_with(".bad"));
}

TEST(Spool, a_stray_empty_or_tiny_file_is_set_aside_and_blocks_nothing) {
  const TempDir dir;
  std::ofstream(dir / "0-1-0.spool");
  std::ofstream(dir / "0-1-1.spool") << "tiny";
  std::ofstream(dir / "notes.txt") << "not ours";
  SpoolWriter writer({.directory = dir.path()});
  put(writer, "one");
  auto reader = open_reader(dir.path());
  EXPECT_EQ(take(reader), Strings{"one"});
  commit(reader);
  EXPECT_EQ(reader.damaged_segments(), 2u);
  EXPECT_EQ(take(reader), Strings{});
}

}  // namespace
}  // namespace refedge::edge
