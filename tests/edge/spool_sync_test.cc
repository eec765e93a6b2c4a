// The sync policies, by a disk that forgets: what fdatasync and fsync did not confirm is not there after a
// power loss.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "tests/edge/spool_files.h"
#include "tests/edge/temp_dir.h"

namespace {

// What reached the disk: contents by inode, names by directory. The calls of this program come here instead
// of libc.
struct Disk {
  std::mutex mutex;
  std::map<ino_t, std::string> contents;
  std::map<std::string, ino_t> names;
  std::atomic<int> fail_with{0};
  std::atomic<int> syncs{0};
};

Disk& disk() {
  static Disk the_disk;
  return the_disk;
}

ino_t inode_of(int fd) {
  struct stat status {};
  fstat(fd, &status);
  return status.st_ino;
}

std::string path_of(int fd) { return std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(fd)); }

void keep_content(int fd) {
  std::ifstream file("/proc/self/fd/" + std::to_string(fd), std::ios::binary);
  std::string content((std::istreambuf_iterator<char>(file)), {});
  const std::lock_guard lock(disk().mutex);
  disk().contents[inode_of(fd)] = std::move(content);
}

void keep_names(int fd) {
  const std::lock_guard lock(disk().mutex);
  for (const auto& entry : std::filesystem::directory_iterator(path_of(fd))) {
    struct stat status {};
    if (stat(entry.path().c_str(), &status) == 0) disk().names[entry.path().filename()] = status.st_ino;
  }
}

int sync(int fd, long call) {
  ++disk().syncs;
  if (disk().fail_with != 0) {
    errno = disk().fail_with;
    return -1;
  }
  struct stat status {};
  fstat(fd, &status);
  if (S_ISDIR(status.st_mode))
    keep_names(fd);
  else
    keep_content(fd);
  return static_cast<int>(syscall(call, fd));
}

}  // namespace

extern "C" int fdatasync(int fd) { return sync(fd, SYS_fdatasync); }
extern "C" int fsync(int fd) { return sync(fd, SYS_fsync); }

namespace refedge::edge {
namespace {

using testing::commit;
using testing::kNow;
using testing::open_reader;
using testing::Strings;
using testing::take;
using testing::TempDir;

class SpoolSyncTest : public ::testing::Test {
 protected:
  SpoolSyncTest() {
    const std::lock_guard lock(disk().mutex);
    disk().contents.clear();
    disk().names.clear();
    disk().fail_with = 0;
    disk().syncs = 0;
  }

  SpoolWriter::Options options(SpoolSync sync) const { return {.directory = dir_.path(), .sync = sync}; }

  // What a reader finds when the power comes back.
  Strings after_power_loss() {
    const TempDir disk_image;
    {
      const std::lock_guard lock(disk().mutex);
      for (const auto& [name, inode] : disk().names) {
        if (!name.ends_with(kSegmentSuffix)) continue;
        std::ofstream(disk_image / name, std::ios::binary) << disk().contents[inode];
      }
    }
    auto reader = open_reader(disk_image.path());
    return take(reader);
  }

  template <class Condition>
  static bool soon(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
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
  SpoolWriter::Options small = options(SpoolSync::kEach);
  small.segment_bytes = 64;
  SpoolWriter writer(small);
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
  writer.seal();
  EXPECT_EQ(disk().syncs, 0);
}

TEST_F(SpoolSyncTest, an_append_waits_for_no_interval_and_reaches_the_disk_by_itself) {
  SpoolWriter::Options often = options(SpoolSync::kInterval);
  often.sync_interval = std::chrono::milliseconds(5);
  SpoolWriter writer(often);
  Strings stored;
  for (int i = 0; i < 10; ++i) {
    stored.push_back("record " + std::to_string(i));
    ASSERT_EQ(writer.append(stored.back(), kNow), AppendOutcome::kStored);
    EXPECT_TRUE(soon([&] { return after_power_loss() == stored; })) << i;
  }
}

TEST_F(SpoolSyncTest, a_full_segment_is_synced_too_and_then_let_go) {
  SpoolWriter::Options often = options(SpoolSync::kInterval);
  often.sync_interval = std::chrono::milliseconds(5);
  often.segment_bytes = 64;
  SpoolWriter writer(often);
  Strings stored;
  for (int i = 0; i < 50; ++i) {
    stored.push_back("record " + std::to_string(i));
    ASSERT_EQ(writer.append(stored.back(), kNow + static_cast<std::uint64_t>(i)), AppendOutcome::kStored);
  }
  EXPECT_TRUE(soon([&] { return after_power_loss() == stored; }));
  const auto open_segments = [&] {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
      std::error_code gone;
      const std::string target = std::filesystem::read_symlink(entry.path(), gone);
      if (target.starts_with(dir_.path()) && target.ends_with(kSegmentSuffix)) ++count;
    }
    return count;
  };
  EXPECT_TRUE(soon([&] { return open_segments() <= 2; })) << "the running one, mapped and watched";
}

TEST_F(SpoolSyncTest, the_thread_that_syncs_interrupts_nobody) {
  SpoolWriter writer(options(SpoolSync::kInterval));
  ASSERT_EQ(writer.append("record", kNow), AppendOutcome::kStored);
  EXPECT_EQ(sched_getscheduler(0), SCHED_OTHER);
  const auto batch_threads = [] {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/task"))
      if (sched_getscheduler(std::stoi(entry.path().filename())) == SCHED_BATCH) ++count;
    return count;
  };
  EXPECT_TRUE(soon([&] { return batch_threads() == 1; }));
}

TEST_F(SpoolSyncTest, a_durable_append_takes_all_before_it_along) {
  SpoolWriter::Options seldom = options(SpoolSync::kInterval);
  seldom.sync_interval = std::chrono::hours(1);
  SpoolWriter writer(seldom);
  ASSERT_EQ(writer.append("click", kNow), AppendOutcome::kStored);
  EXPECT_EQ(after_power_loss(), Strings{});
  ASSERT_EQ(writer.append_durably("conversion", kNow), AppendOutcome::kStored);
  EXPECT_EQ(after_power_loss(), (Strings{"click", "conversion"}));
}

TEST_F(SpoolSyncTest, the_end_of_a_writer_syncs_what_is_left) {
  {
    SpoolWriter::Options seldom = options(SpoolSync::kInterval);
    seldom.sync_interval = std::chrono::hours(1);
    SpoolWriter writer(seldom);
    ASSERT_EQ(writer.append("click", kNow), AppendOutcome::kStored);
  }
  EXPECT_EQ(after_power_loss(), Strings{"click"});
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

  SpoolWriter::Options often = options(SpoolSync::kInterval);
  often.sync_interval = std::chrono::milliseconds(1);
  SpoolWriter writer(often);
  disk().fail_with = EIO;
  EXPECT_EQ(writer.append("one", kNow), AppendOutcome::kStored);
  EXPECT_TRUE(soon([&] { return writer.sync_failures() > 0; }));
  disk().fail_with = 0;
}

}  // namespace
}  // namespace refedge::edge
