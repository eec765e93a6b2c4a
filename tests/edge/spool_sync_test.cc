// The sync policies, by a disk that forgets.
#include <gtest/gtest.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "edge/spool/disk_queue.h"
#include "tests/edge/forgetful_disk.h"
#include "tests/edge/spool_files.h"
#include "tests/edge/temp_dir.h"

namespace refedge::edge {
namespace {

using testing::Disk;
using testing::disk;
using testing::kNow;
using testing::open_reader;
using testing::Strings;
using testing::take;
using testing::TempDir;

class SpoolSyncTest : public ::testing::Test {
 protected:
  SpoolSyncTest() {
    disk() = Disk{};
    disk().is_watched = true;
  }
  ~SpoolSyncTest() override { disk().is_watched = false; }

  SpoolWriter::Options options(SpoolSync sync, std::size_t segment_bytes = std::size_t{1} << 20) const {
    return {.directory = dir_.path(), .segment_bytes = segment_bytes, .sync = sync};
  }

  // What a reader finds when the power comes back.
  Strings after_power_loss() {
    const TempDir disk_image;
    for (const auto& [name, inode] : disk().names) {
      if (!name.ends_with(kSegmentSuffix)) continue;
      std::ofstream(disk_image / name, std::ios::binary) << disk().contents[inode];
    }
    auto reader = open_reader(disk_image.path());
    return take(reader);
  }

  std::size_t open_segments() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
      std::error_code gone;
      const std::string target = std::filesystem::read_symlink(entry.path(), gone);
      if (target.starts_with(dir_.path()) && target.ends_with(kSegmentSuffix)) ++count;
    }
    return count;
  }

  // Appends one record for each segment of 64 bytes.
  static Strings fill(SpoolWriter& writer, std::size_t segments) {
    Strings stored;
    for (std::size_t i = 0; i < segments; ++i) {
      stored.push_back("a record of segment " + std::to_string(i));
      EXPECT_EQ(writer.append(stored.back(), kNow + i), AppendOutcome::kStored);
    }
    return stored;
  }

  TempDir dir_;
};

TEST_F(SpoolSyncTest, each_has_every_record_on_the_disk_when_it_is_stored) {
  SpoolWriter writer(options(SpoolSync::kEach));
  Strings stored;
  for (const char* payload : {"one", "two", "three"}) {
    ASSERT_EQ(writer.append(payload, kNow), AppendOutcome::kStored);
    stored.emplace_back(payload);
    EXPECT_EQ(after_power_loss(), stored);
  }
}

TEST_F(SpoolSyncTest, each_has_the_records_of_every_segment_on_the_disk) {
  SpoolWriter writer(options(SpoolSync::kEach, 64));
  Strings stored;
  for (int i = 0; i < 20; ++i) {
    stored.push_back("record " + std::to_string(i));
    ASSERT_EQ(writer.append(stored.back(), kNow + static_cast<std::uint64_t>(i)), AppendOutcome::kStored);
    EXPECT_EQ(after_power_loss(), stored);
  }
}

TEST_F(SpoolSyncTest, off_never_waits_for_the_disk) {
  SpoolWriter writer(options(SpoolSync::kOff));
  ASSERT_EQ(writer.append("click", kNow), AppendOutcome::kStored);
  ASSERT_EQ(writer.append_durably("conversion", kNow), AppendOutcome::kStored);
  EXPECT_FALSE(writer.sync());
  writer.seal();
  EXPECT_EQ(disk().waits, 0);
  EXPECT_TRUE(disk().under_way.empty());
}

TEST_F(SpoolSyncTest, interval_has_on_the_disk_what_was_appended_before_the_sync) {
  SpoolWriter writer(options(SpoolSync::kInterval));
  Strings stored;
  for (int i = 0; i < 10; ++i) {
    stored.push_back("record " + std::to_string(i));
    ASSERT_EQ(writer.append(stored.back(), kNow), AppendOutcome::kStored);
    EXPECT_TRUE(disk().under_way.empty());
    EXPECT_TRUE(writer.sync());
    disk().confirm_all();
    EXPECT_EQ(after_power_loss(), stored);
    EXPECT_FALSE(writer.sync()) << "nothing is left";
  }
  EXPECT_EQ(disk().waits, 0);
}

TEST_F(SpoolSyncTest, what_comes_while_the_disk_works_is_synced_when_it_is_done) {
  SpoolWriter writer(options(SpoolSync::kInterval));
  ASSERT_EQ(writer.append("one", kNow), AppendOutcome::kStored);
  EXPECT_TRUE(writer.sync());
  ASSERT_EQ(writer.append("two", kNow), AppendOutcome::kStored);
  EXPECT_TRUE(writer.sync());
  EXPECT_EQ(disk().under_way.size(), 2u) << "content and name of one, once";
  disk().confirm_all();
  EXPECT_EQ(after_power_loss(), Strings{"one"});
  EXPECT_TRUE(writer.sync());
  disk().confirm_all();
  EXPECT_EQ(after_power_loss(), (Strings{"one", "two"}));
  EXPECT_FALSE(writer.sync());
}

TEST_F(SpoolSyncTest, a_full_segment_is_synced_too_and_then_let_go) {
  SpoolWriter writer(options(SpoolSync::kInterval, 64));
  const Strings stored = fill(writer, 50);
  EXPECT_EQ(open_segments(), 51u) << "the running one is mapped, all are watched";
  while (writer.sync()) disk().confirm_all();
  EXPECT_EQ(after_power_loss(), stored);
  EXPECT_EQ(open_segments(), 2u);
  EXPECT_EQ(disk().waits, 0);
}

TEST_F(SpoolSyncTest, more_than_the_system_takes_at_once_is_waited_for) {
  SpoolWriter writer(options(SpoolSync::kInterval, 64));
  const Strings stored = fill(writer, DiskQueue::kMaxUnderWay);  // and the directory
  EXPECT_TRUE(writer.sync());
  EXPECT_EQ(disk().waits, 1);
  disk().confirm_all();
  EXPECT_EQ(after_power_loss(), stored);
  EXPECT_FALSE(writer.sync());
}

TEST_F(SpoolSyncTest, where_the_system_has_no_asynchronous_io_the_sync_waits) {
  disk().setup_fails_with = ENOSYS;
  SpoolWriter writer(options(SpoolSync::kInterval, 64));
  const Strings stored = fill(writer, 5);
  EXPECT_FALSE(writer.sync());
  EXPECT_EQ(disk().waits, 6);
  EXPECT_EQ(after_power_loss(), stored);
  EXPECT_EQ(writer.sync_failures(), 0u);
}

TEST_F(SpoolSyncTest, no_thread_is_started) {
  const auto threads = [] {
    const std::filesystem::directory_iterator tasks("/proc/self/task");
    return std::distance(begin(tasks), end(tasks));
  };
  const auto before = threads();
  SpoolWriter writer(options(SpoolSync::kInterval));
  ASSERT_EQ(writer.append("record", kNow), AppendOutcome::kStored);
  EXPECT_TRUE(writer.sync());
  EXPECT_EQ(threads(), before);
}

TEST_F(SpoolSyncTest, the_kernel_syncs_what_it_is_given) {
  disk().is_watched = false;  // the real one
  SpoolWriter writer(options(SpoolSync::kInterval, 64));
  fill(writer, 10);
  const int waits = disk().waits;
  EXPECT_TRUE(writer.sync());
  EXPECT_EQ(disk().waits, waits) << "nothing was refused";
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (writer.sync()) ASSERT_LT(std::chrono::steady_clock::now(), deadline);
  EXPECT_EQ(open_segments(), 2u);
  EXPECT_EQ(writer.sync_failures(), 0u);
}

TEST_F(SpoolSyncTest, a_durable_append_takes_all_before_it_along) {
  SpoolWriter writer(options(SpoolSync::kInterval));
  ASSERT_EQ(writer.append("click", kNow), AppendOutcome::kStored);
  EXPECT_EQ(after_power_loss(), Strings{});
  ASSERT_EQ(writer.append_durably("conversion", kNow), AppendOutcome::kStored);
  EXPECT_EQ(after_power_loss(), (Strings{"click", "conversion"}));
}

TEST_F(SpoolSyncTest, the_end_of_a_writer_syncs_what_is_left) {
  Strings stored;
  {
    SpoolWriter writer(options(SpoolSync::kInterval, 64));
    stored = fill(writer, 2);
    EXPECT_TRUE(writer.sync());  // under way at the end
    ASSERT_EQ(writer.append("after the sync", kNow + 2), AppendOutcome::kStored);
    stored.emplace_back("after the sync");
  }
  EXPECT_EQ(after_power_loss(), stored);
  EXPECT_EQ(open_segments(), 0u);
}

TEST_F(SpoolSyncTest, a_disk_that_does_not_confirm_is_told_and_counted) {
  SpoolWriter each(options(SpoolSync::kEach));
  disk().fail_with = EIO;
  EXPECT_EQ(each.append("one", kNow), AppendOutcome::kNotSynced);
  EXPECT_EQ(each.append_durably("two", kNow), AppendOutcome::kNotSynced);
  EXPECT_EQ(each.sync_failures(), 2u);
  EXPECT_NE(each.refusal().find("sync: Input/output error"), std::string::npos) << each.refusal();
  disk().fail_with = 0;
  EXPECT_EQ(each.append("three", kNow), AppendOutcome::kStored);
}

TEST_F(SpoolSyncTest, what_the_disk_did_not_confirm_is_counted_and_asked_for_again) {
  SpoolWriter writer(options(SpoolSync::kInterval));
  ASSERT_EQ(writer.append("one", kNow), AppendOutcome::kStored);
  EXPECT_TRUE(writer.sync());
  disk().fail_with = EIO;
  disk().confirm_all();
  EXPECT_TRUE(writer.sync());
  EXPECT_EQ(writer.sync_failures(), 2u) << "content and name";
  EXPECT_EQ(after_power_loss(), Strings{});
  disk().fail_with = 0;
  disk().confirm_all();
  EXPECT_EQ(after_power_loss(), Strings{"one"});
  EXPECT_FALSE(writer.sync());
  EXPECT_EQ(writer.sync_failures(), 2u);
}

TEST_F(SpoolSyncTest, a_full_segment_that_the_disk_did_not_confirm_is_let_go) {
  SpoolWriter writer(options(SpoolSync::kInterval, 64));
  fill(writer, 3);
  disk().fail_with = EIO;
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(writer.sync());
    disk().confirm_all();
  }
  EXPECT_EQ(open_segments(), 2u);
  disk().fail_with = 0;
}

}  // namespace
}  // namespace refedge::edge
