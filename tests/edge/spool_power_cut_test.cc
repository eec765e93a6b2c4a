// What a power loss leaves of a segment: its last record cut or zeroed at every byte, and pages that never
// arrived.
#include <gtest/gtest.h>

#include <filesystem>
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

constexpr std::size_t kPage = 4096;
constexpr std::size_t kSegment = 16 * kPage;

// A segment as a machine that lost its power leaves it: nobody sealed it, nobody holds its lock.
struct Segment {
  explicit Segment(const Strings& records) {
    SpoolWriter writer({.directory = dir.path(), .segment_bytes = kSegment});
    for (const std::string& record : records) {
      put(writer, record);
      used += record_size(record.size());
    }
    path = only_file(dir.path());
    writer.seal();
    overwrite(path, static_cast<std::streamoff>(used), std::string(4, '\0'));  // the seal
  }

  TempDir dir;
  std::string path;
  std::size_t used = 0;
};

// What is read, and whether something was set aside.
void expect(const Segment& segment, const Strings& records, bool damaged, const std::string& what) {
  auto reader = open_reader(segment.dir.path());
  EXPECT_EQ(take(reader), records) << what;
  commit(reader);
  EXPECT_EQ(reader.damaged_segments(), damaged ? 1u : 0u) << what;
  const auto left = files(segment.dir.path());
  ASSERT_EQ(left.size(), damaged ? 1u : 0u) << what;
  EXPECT_TRUE(!damaged || left[0].ends_with(".spool.bad")) << what;
  EXPECT_EQ(take(reader), Strings{}) << what;
}

const std::string kLast(37, 'L');

TEST(SpoolPowerCut, an_unsealed_segment_is_read_whole) {
  expect(Segment({"one", "two", kLast}), {"one", "two", kLast}, false, "");
}

TEST(SpoolPowerCut, the_file_may_end_at_every_byte_of_the_last_record) {
  const std::size_t last = record_size(kLast.size());
  for (std::size_t cut = 0; cut < last; ++cut) {
    const Segment segment({"one", "two", kLast});
    std::filesystem::resize_file(segment.path, segment.used - last + cut);
    // The padding of the last record is part of it.
    expect(segment, {"one", "two"}, true, "cut at " + std::to_string(cut));
  }
}

TEST(SpoolPowerCut, zeros_may_begin_at_every_byte_of_the_last_record) {
  const std::size_t last = record_size(kLast.size());
  for (std::size_t cut = 0; cut < last; ++cut) {
    const Segment segment({"one", "two", kLast});
    overwrite(segment.path, static_cast<std::streamoff>(segment.used - last + cut),
              std::string(last - cut, '\0'));
    const bool is_gone = cut == 0;                              // not a byte of it arrived
    const bool is_whole = cut >= kRecordHeader + kLast.size();  // only padding is missing
    const Strings read = is_whole ? Strings{"one", "two", kLast} : Strings{"one", "two"};
    expect(segment, read, !is_gone && !is_whole, "zeros from " + std::to_string(cut));
  }
}

TEST(SpoolPowerCut, zeros_may_end_at_every_byte_of_the_last_record) {
  const std::size_t last = record_size(kLast.size());
  for (std::size_t to = 1; to <= kRecordHeader + kLast.size(); ++to) {
    const Segment segment({"one", "two", kLast});
    overwrite(segment.path, static_cast<std::streamoff>(segment.used - last), std::string(to, '\0'));
    const bool is_gone = to == kRecordHeader + kLast.size();
    expect(segment, {"one", "two"}, !is_gone, "zeros to " + std::to_string(to));
  }
}

// Records of 128 bytes, 32 a page: whichever page is missing, all before it is read and what stands behind it
// is never taken for nothing.
TEST(SpoolPowerCut, any_page_may_be_missing) {
  Strings records;
  for (int i = 0; i < 5 * 32; ++i)
    records.push_back("record " + std::to_string(100 + i) + std::string(110, '.'));
  ASSERT_EQ(record_size(records[0].size()), 128u);
  for (std::size_t page = 0; page < 5; ++page) {
    const Segment segment(records);
    overwrite(segment.path, static_cast<std::streamoff>(page * kPage), std::string(kPage, '\0'));
    const Strings before(records.begin(), records.begin() + static_cast<std::ptrdiff_t>(page * 32));
    expect(segment, before, page != 4, "page " + std::to_string(page));
  }
}

TEST(SpoolPowerCut, a_segment_of_which_nothing_arrived_is_an_empty_one) {
  const Segment segment({"one"});
  overwrite(segment.path, 0, std::string(kSegment, '\0'));
  expect(segment, {}, false, "");
}

}  // namespace
}  // namespace refedge::edge
