#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/edge/child.h"
#include "tests/edge/spool_files.h"
#include "tests/edge/temp_dir.h"

namespace refedge::edge {
namespace {

using testing::commit;
using testing::files;
using testing::kNow;
using testing::open_reader;
using testing::put;
using testing::Strings;
using testing::take;
using testing::TempDir;

TEST(Spool, a_running_writers_records_are_read_at_once_and_again_until_committed) {
  const TempDir dir;
  SpoolWriter writer({.directory = dir.path()});
  auto reader = open_reader(dir.path());
  EXPECT_EQ(take(reader), Strings{});
  put(writer, "one");
  put(writer, "two");
  EXPECT_EQ(take(reader), (Strings{"one", "two"}));
  EXPECT_EQ(take(reader), (Strings{"one", "two"}));
  commit(reader);
  EXPECT_EQ(take(reader), Strings{});
  put(writer, "three");
  EXPECT_EQ(take(reader), Strings{"three"});
  EXPECT_EQ(files(dir.path()).size(), 1u);
}

TEST(Spool, only_what_was_handed_out_is_committed) {
  const TempDir dir;
  SpoolWriter writer({.directory = dir.path()});
  auto reader = open_reader(dir.path());
  for (const char* payload : {"1", "2", "3", "4", "5"}) put(writer, payload);
  EXPECT_EQ(take(reader, 2), (Strings{"1", "2"}));
  commit(reader);
  EXPECT_EQ(take(reader, 2), (Strings{"3", "4"}));
  put(writer, "6");
  commit(reader);
  EXPECT_EQ(take(reader), (Strings{"5", "6"}));
}

TEST(Spool, a_commit_without_a_batch_deletes_nothing) {
  const TempDir dir;
  {
    SpoolWriter writer({.directory = dir.path()});
    put(writer, "one");
  }
  auto reader = open_reader(dir.path());
  commit(reader);
  EXPECT_EQ(take(reader), Strings{"one"});
  commit(reader);
  EXPECT_EQ(files(dir.path()), Strings{});
  commit(reader);
}

TEST(Spool, a_sealed_segment_is_deleted_when_all_of_it_is_safe) {
  const TempDir dir;
  auto writer = std::make_unique<SpoolWriter>(SpoolWriter::Options{.directory = dir.path()});
  put(*writer, "one");
  put(*writer, "two");
  writer.reset();
  auto reader = open_reader(dir.path());
  EXPECT_EQ(take(reader, 1), Strings{"one"});
  commit(reader);
  EXPECT_EQ(files(dir.path()).size(), 1u);
  EXPECT_EQ(take(reader, 1), Strings{"two"});
  commit(reader);
  EXPECT_EQ(files(dir.path()), Strings{});
  EXPECT_EQ(reader.damaged_segments(), 0u);
}

TEST(Spool, segments_follow_each_other_and_lose_nothing) {
  const TempDir dir;
  Strings written;
  {
    SpoolWriter writer({.directory = dir.path(), .segment_bytes = 256});
    for (int i = 0; i < 100; ++i) {
      written.push_back("record " + std::to_string(i));
      ASSERT_EQ(writer.append(written.back(), kNow + static_cast<std::uint64_t>(i)), AppendOutcome::kStored);
    }
  }
  EXPECT_GT(files(dir.path()).size(), 5u);
  auto reader = open_reader(dir.path());
  Strings seen;
  for (Strings batch = take(reader, 7); !batch.empty(); batch = take(reader, 7)) {
    seen.insert(seen.end(), batch.begin(), batch.end());
    commit(reader);
  }
  EXPECT_EQ(seen, written);
  EXPECT_EQ(files(dir.path()), Strings{});
}

TEST(Spool, payloads_of_every_length_come_back) {
  const TempDir dir;
  SpoolWriter writer({.directory = dir.path()});
  auto reader = open_reader(dir.path());
  for (std::size_t n = 1; n < 70; ++n) {
    const std::string payload(n, static_cast<char>('a' + n % 26));
    put(writer, payload);
    EXPECT_EQ(take(reader), Strings{payload});
    commit(reader);
  }
}

TEST(Spool, a_payload_may_be_as_long_as_the_limit_or_the_segment_allows) {
  const TempDir dir;
  SpoolWriter large({.directory = dir.path()});
  EXPECT_EQ(large.append(std::string(kMaxPayload, 'x'), kNow), AppendOutcome::kStored);
  EXPECT_EQ(large.append(std::string(kMaxPayload + 1, 'x'), kNow), AppendOutcome::kTooLong);
  EXPECT_EQ(large.append("", kNow), AppendOutcome::kTooLong);

  SpoolWriter small({.directory = dir.path(), .segment_bytes = 64});
  EXPECT_EQ(small.append(std::string(48, 'x'), kNow), AppendOutcome::kStored);
  EXPECT_EQ(small.append(std::string(49, 'x'), kNow), AppendOutcome::kTooLong);
}

TEST(Spool, the_size_limit_refuses_counts_and_recovers) {
  const TempDir dir;
  SpoolWriter writer({.directory = dir.path(), .segment_bytes = 64, .max_bytes = 128});
  const std::string payload(48, 'x');
  EXPECT_EQ(writer.append(payload, kNow), AppendOutcome::kStored);
  EXPECT_EQ(writer.append(payload, kNow), AppendOutcome::kStored);
  EXPECT_EQ(writer.append(payload, kNow), AppendOutcome::kRefused);
  EXPECT_NE(writer.refusal().find("full: 128 of 128 bytes"), std::string::npos) << writer.refusal();
  EXPECT_EQ(writer.refused(), 1u);

  auto reader = open_reader(dir.path());
  EXPECT_EQ(take(reader).size(), 2u);
  commit(reader);
  EXPECT_EQ(writer.append(payload, kNow + SpoolWriter::kRetryAfterMs - 1), AppendOutcome::kRefused);
  EXPECT_EQ(writer.append(payload, kNow + SpoolWriter::kRetryAfterMs), AppendOutcome::kStored);
  EXPECT_EQ(writer.refused(), 2u);
}

TEST(Spool, a_clock_that_was_set_back_does_not_stop_the_retries) {
  const TempDir dir;
  SpoolWriter writer({.directory = dir / "later", .segment_bytes = 64});
  EXPECT_EQ(writer.append("x", kNow), AppendOutcome::kRefused);
  std::filesystem::create_directory(dir / "later");
  EXPECT_EQ(writer.append("x", kNow - 3'600'000), AppendOutcome::kStored) << writer.refusal();
}

TEST(Spool, a_missing_directory_is_refused_with_its_name) {
  const TempDir dir;
  SpoolWriter writer({.directory = dir / "absent"});
  EXPECT_EQ(writer.append("x", kNow), AppendOutcome::kRefused);
  EXPECT_NE(writer.refusal().find(dir / "absent"), std::string::npos);
  const auto reader = SpoolReader::open(dir / "absent");
  ASSERT_FALSE(reader);
  EXPECT_NE(reader.message().find(dir / "absent"), std::string::npos);
}

TEST(Spool, a_full_disk_is_a_refusal_that_leaves_nothing_behind) {
  const TempDir dir;
  // The file size limit makes posix_fallocate fail the way a full disk does: with an error instead of space.
  const int status = testing::wait_for(testing::spawn([&] {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 10;
    SpoolWriter writer({.directory = dir.path(), .segment_bytes = 8192});
    return writer.append("x", kNow) == AppendOutcome::kRefused && writer.refused() == 1 &&
                   writer.refusal().find("allocate") != std::string::npos ? 0 : 1;
  }));
  EXPECT_EQ(status, 0);
  EXPECT_EQ(files(dir.path()), Strings{});
}

TEST(Spool, a_second_reader_is_refused) {
  const TempDir dir;
  const auto first = open_reader(dir.path());
  const auto second = SpoolReader::open(dir.path());
  ASSERT_FALSE(second);
  EXPECT_NE(second.message().find("another process ships it"), std::string::npos);
}

// A writer that is killed between any two records, or while it writes one, loses none that it said was stored.
TEST(Spool, a_killed_writer_loses_no_stored_record) {
  for (int kill_after = 1; kill_after <= 40; ++kill_after) {
    const TempDir dir;
    int stored[2];
    ASSERT_EQ(pipe(stored), 0);
    const pid_t pid = testing::spawn([&] {
      SpoolWriter writer({.directory = dir.path(), .segment_bytes = 512});
      for (int i = 1;; ++i) {
        if (writer.append("record " + std::to_string(i), kNow) != AppendOutcome::kStored) return 1;
        if (write(stored[1], "x", 1) != 1) return 2;
      }
    });
    for (int i = 0; i < kill_after; ++i) {
      char byte = 0;
      ASSERT_EQ(read(stored[0], &byte, 1), 1);
    }
    kill(pid, SIGKILL);
    EXPECT_EQ(testing::wait_for(pid), 128 + SIGKILL);
    close(stored[1]);
    char more[4096];
    std::size_t acknowledged = static_cast<std::size_t>(kill_after);
    for (ssize_t n = read(stored[0], more, sizeof more); n > 0; n = read(stored[0], more, sizeof more))
      acknowledged += static_cast<std::size_t>(n);
    close(stored[0]);

    auto reader = open_reader(dir.path());
    const Strings seen = take(reader, 1'000'000);
    ASSERT_GE(seen.size(), acknowledged);
    for (std::size_t i = 0; i < seen.size(); ++i) ASSERT_EQ(seen[i], "record " + std::to_string(i + 1));
    commit(reader);
    // The writer may have died while it set the next segment up, which holds no record, or within a record, which
    // nobody was told is stored.
    for (const std::string& name : files(dir.path()))
      EXPECT_TRUE(name.ends_with(".spool.new") || name.ends_with(".spool.bad")) << name;
  }
}

TEST(Spool, abandoned_unfinished_segments_are_swept_and_young_ones_kept) {
  const TempDir dir;
  std::ofstream(dir / "1-1-0.spool.new") << "x";
  std::ofstream(dir / "2-1-0.spool.new") << "x";
  const timeval old[2] = {{1'000'000, 0}, {1'000'000, 0}};
  ASSERT_EQ(utimes((dir / "1-1-0.spool.new").c_str(), old), 0);
  auto reader = open_reader(dir.path());
  EXPECT_EQ(take(reader), Strings{});
  EXPECT_EQ(files(dir.path()), Strings{"2-1-0.spool.new"});
}

TEST(Spool, an_old_segment_is_rotated) {
  const TempDir dir;
  SpoolWriter writer({.directory = dir.path(), .rotate_after_ms = 1000});
  for (const std::uint64_t after : {0u, 999u, 1000u, 1999u, 2000u})
    ASSERT_EQ(writer.append("x", kNow + after), AppendOutcome::kStored);
  EXPECT_EQ(files(dir.path()).size(), 3u);
}

TEST(Spool, two_writers_share_a_directory) {
  const TempDir dir;
  SpoolWriter one({.directory = dir.path()});
  put(one, "from one");
  const int status = testing::wait_for(testing::spawn([&] {
    SpoolWriter two({.directory = dir.path()});
    const bool stored = two.append("from two", kNow + 1) == AppendOutcome::kStored;
    two.seal();
    return stored ? 0 : 1;
  }));
  ASSERT_EQ(status, 0);
  auto reader = open_reader(dir.path());
  EXPECT_EQ(take(reader), (Strings{"from one", "from two"}));
  commit(reader);
  EXPECT_EQ(files(dir.path()).size(), 1u) << "the running writer's segment stays";
}

}  // namespace
}  // namespace refedge::edge
