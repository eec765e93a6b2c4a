#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "edge/links/link_table_reader.h"
#include "edge/links/link_table_writer.h"
#include "tests/edge/child.h"
#include "tests/edge/temp_dir.h"

namespace refedge::edge {
namespace {

using testing::TempDir;

LinkChange change(std::string_view code, std::string_view location = "https://shop.example/") {
  LinkRecord record;
  record.location = location;
  return {code, record};
}

LinkTableWriter open_writer(const std::string& directory) {
  auto writer = LinkTableWriter::open({.directory = directory});
  if (!writer) ADD_FAILURE() << writer.message();
  return *std::move(writer);
}

// The stored location of `code`, or why there is none.
std::string location_of(LinkTableReader& reader, std::string_view code) {
  const auto snapshot = reader.snapshot();
  if (!snapshot) return "error: " + snapshot.message();
  const auto bytes = snapshot->find(code);
  if (!bytes) return "error: " + bytes.message();
  if (!*bytes) return "absent";
  const auto record = decode_link_record(**bytes);
  return record ? std::string(record->location) : "damaged";
}

std::string why_no_reader(const std::string& directory) {
  const auto reader = LinkTableReader::open(directory);
  return reader ? "it opened" : reader.message();
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(LinkTable, readers_see_what_was_applied_without_opening_again) {
  const TempDir dir;
  auto writer = open_writer(dir / "t");
  ASSERT_TRUE(writer.apply({}, 0));
  auto reader = LinkTableReader::open(dir / "t");
  ASSERT_TRUE(reader) << reader.message();
  EXPECT_EQ(location_of(*reader, "abc"), "absent");

  const LinkChange first = change("abc", "https://shop.example/1");
  ASSERT_TRUE(writer.apply({&first, 1}, 1));
  EXPECT_EQ(location_of(*reader, "abc"), "https://shop.example/1");

  const LinkChange second = change("abc", "https://shop.example/2");
  ASSERT_TRUE(writer.apply({&second, 1}, 2));
  EXPECT_EQ(location_of(*reader, "abc"), "https://shop.example/2");
  EXPECT_EQ(location_of(*reader, "ABC"), "absent");
}

TEST(LinkTable, a_snapshot_stays_as_it_was_while_the_writer_goes_on) {
  const TempDir dir;
  auto writer = open_writer(dir / "t");
  const LinkChange first = change("abc", "https://shop.example/1");
  ASSERT_TRUE(writer.apply({&first, 1}, 1));
  auto reader = LinkTableReader::open(dir / "t");
  ASSERT_TRUE(reader);
  const auto snapshot = reader->snapshot();
  ASSERT_TRUE(snapshot);
  const auto before = snapshot->find("abc");
  ASSERT_TRUE(before);
  ASSERT_TRUE(*before);
  const std::string copy(**before);
  for (std::uint64_t i = 2; i < 200; ++i) {
    const LinkChange next = change("abc", "https://shop.example/22222");
    ASSERT_TRUE(writer.apply({&next, 1}, i));
  }
  EXPECT_EQ(**before, copy);
}

TEST(LinkTable, keeps_the_cursor_over_a_restart) {
  const TempDir dir;
  {
    auto writer = open_writer(dir / "t");
    EXPECT_EQ(writer.cursor(), 0u);
    ASSERT_TRUE(writer.apply({}, 0xFFFFFFFFFFFFFFFF));
  }
  auto again = open_writer(dir / "t");
  EXPECT_EQ(again.cursor(), 0xFFFFFFFFFFFFFFFF);
}

TEST(LinkTable, a_refused_batch_changes_nothing) {
  const TempDir dir;
  auto writer = open_writer(dir / "t");
  const LinkChange kept = change("kept");
  ASSERT_TRUE(writer.apply({&kept, 1}, 5));

  const std::vector<LinkChange> bad_location = {change("good"), change("bad", "ftp://x")};
  const auto by_location = writer.apply(bad_location, 6);
  ASSERT_FALSE(by_location);
  EXPECT_TRUE(contains(by_location.message(), "bad")) << by_location.message();
  const std::vector<LinkChange> bad_code = {change("good"), change("no code")};
  EXPECT_FALSE(writer.apply(bad_code, 7));
  const std::vector<LinkChange> long_code = {change(std::string(33, 'x'))};
  EXPECT_FALSE(writer.apply(long_code, 7));

  EXPECT_EQ(writer.cursor(), 5u);
  auto reader = LinkTableReader::open(dir / "t");
  ASSERT_TRUE(reader);
  EXPECT_EQ(location_of(*reader, "good"), "absent");
  EXPECT_EQ(location_of(*reader, "kept"), "https://shop.example/");
}

TEST(LinkTable, grows_when_its_map_is_full_and_readers_follow) {
  const TempDir dir;
  auto writer = LinkTableWriter::open({.directory = dir / "t", .map_bytes = 128 * 1024});
  ASSERT_TRUE(writer) << writer.message();
  ASSERT_TRUE(writer->apply({}, 0));
  auto reader = LinkTableReader::open(dir / "t");
  ASSERT_TRUE(reader);
  const std::string location = "https://shop.example/" + std::string(1000, 'x');
  for (std::uint64_t i = 0; i < 500; ++i) {
    const std::string code = std::to_string(i);
    const LinkChange next = change(code, location);
    const auto applied = writer->apply({&next, 1}, i);
    ASSERT_TRUE(applied) << applied.message();
    ASSERT_EQ(location_of(*reader, code), location);
  }
  EXPECT_EQ(location_of(*reader, "0"), location);
}

TEST(LinkTable, a_second_writer_is_refused) {
  const TempDir dir;
  auto writer = open_writer(dir / "t");
  const auto second = LinkTableWriter::open({.directory = dir / "t"});
  ASSERT_FALSE(second);
  EXPECT_TRUE(contains(second.message(), "another process writes it")) << second.message();
}

TEST(LinkTable, a_missing_table_is_an_error_and_creates_nothing) {
  const TempDir dir;
  EXPECT_TRUE(contains(why_no_reader(dir / "absent"), "No such file"));
  std::filesystem::create_directory(dir / "empty");
  EXPECT_TRUE(contains(why_no_reader(dir / "empty"), "No such file"));
  EXPECT_TRUE(std::filesystem::is_empty(dir / "empty"));
}

TEST(LinkTable, a_file_that_is_no_table_is_an_error) {
  const TempDir dir;
  std::filesystem::create_directory(dir / "t");
  std::ofstream(dir / "t/data.mdb") << std::string(100000, 'x');
  EXPECT_NE(why_no_reader(dir / "t"), "it opened");
  EXPECT_FALSE(LinkTableWriter::open({.directory = dir / "t"}));
}

TEST(LinkTable, a_table_that_is_cut_short_is_an_error_not_a_crash) {
  const TempDir dir;
  {
    auto writer = open_writer(dir / "t");
    for (std::uint64_t i = 0; i < 100; ++i) {
      const std::string code = std::to_string(i);
      const std::string location = "https://shop.example/" + std::string(4000, 'x');
      const LinkChange next = change(code, location);
      ASSERT_TRUE(writer.apply({&next, 1}, i));
    }
  }
  const auto whole = std::filesystem::file_size(dir / "t/data.mdb");
  for (const auto size : {whole - 4096, whole / 2, std::uintmax_t{3 * 4096}, std::uintmax_t{4096}, std::uintmax_t{10}}) {
    std::filesystem::resize_file(dir / "t/data.mdb", size);
    EXPECT_NE(why_no_reader(dir / "t"), "it opened") << size;
    EXPECT_FALSE(LinkTableWriter::open({.directory = dir / "t"})) << size;
  }
}

TEST(LinkTable, a_reader_notices_that_the_table_was_replaced) {
  const TempDir dir;
  { auto writer = open_writer(dir / "t"); }
  auto reader = LinkTableReader::open(dir / "t");
  ASSERT_TRUE(reader);
  EXPECT_TRUE(reader->is_current());
  std::filesystem::rename(dir / "t", dir / "old");
  EXPECT_FALSE(reader->is_current());
  { auto writer = open_writer(dir / "t"); }
  EXPECT_FALSE(reader->is_current());
}

TEST(LinkTable, a_code_that_no_key_can_be_is_absent) {
  const TempDir dir;
  { auto writer = open_writer(dir / "t"); }
  auto reader = LinkTableReader::open(dir / "t");
  ASSERT_TRUE(reader);
  EXPECT_EQ(location_of(*reader, ""), "absent");
  EXPECT_EQ(location_of(*reader, std::string(511, 'x')), "absent");
  EXPECT_EQ(location_of(*reader, std::string(512, 'x')), "absent");
  EXPECT_EQ(location_of(*reader, std::string(100000, 'x')), "absent");
}

TEST(LinkTable, raw_bytes_come_back_as_damaged) {
  const TempDir dir;
  auto writer = open_writer(dir / "t");
  ASSERT_TRUE(writer.put_raw("bad", "\x01nonsense"));
  auto reader = LinkTableReader::open(dir / "t");
  ASSERT_TRUE(reader);
  EXPECT_EQ(location_of(*reader, "bad"), "damaged");
}

// What a child process of the web server's user gets from the table.
int read_as_web_server(const std::string& directory) {
  if (!testing::become_web_server()) return 10;
  auto reader = LinkTableReader::open(directory);
  if (!reader) return contains(reader.message(), "Permission denied") ? 11 : 12;
  return location_of(*reader, "abc") == "https://shop.example/" ? 0 : 13;
}

int access_with_directory_mode(mode_t mode) {
  const TempDir dir;
  chmod(dir.path().c_str(), 0755);
  mkdir((dir / "t").c_str(), 0700);
  chmod((dir / "t").c_str(), mode);
  {
    auto writer = open_writer(dir / "t");
    const LinkChange link = change("abc");
    EXPECT_TRUE(writer.apply({&link, 1}, 1));
  }
  return testing::wait_for(testing::spawn([&] { return read_as_web_server(dir / "t"); }));
}

TEST(LinkTableAccess, who_may_enter_the_directory_may_read_the_table) {
  ASSERT_EQ(geteuid(), 0u) << "this test changes users and needs root";
  EXPECT_EQ(access_with_directory_mode(0755), 0);
}

TEST(LinkTableAccess, who_may_not_enter_gets_a_clear_error) {
  ASSERT_EQ(geteuid(), 0u) << "this test changes users and needs root";
  EXPECT_EQ(access_with_directory_mode(0750), 11);
}

TEST(LinkTableAccess, the_group_of_the_directory_reads_and_others_do_not) {
  ASSERT_EQ(geteuid(), 0u) << "this test changes users and needs root";
  const TempDir dir;
  const passwd* web = getpwnam("www-data");
  ASSERT_NE(web, nullptr);
  chmod(dir.path().c_str(), 0755);
  mkdir((dir / "t").c_str(), 0750);
  ASSERT_EQ(chown((dir / "t").c_str(), 0, web->pw_gid), 0);
  {
    auto writer = open_writer(dir / "t");
    const LinkChange link = change("abc");
    ASSERT_TRUE(writer.apply({&link, 1}, 1));
  }
  struct stat data {}, lock {};
  ASSERT_EQ(stat((dir / "t/data.mdb").c_str(), &data), 0);
  ASSERT_EQ(stat((dir / "t/lock.mdb").c_str(), &lock), 0);
  EXPECT_EQ(data.st_mode & 0777, 0640u);
  EXPECT_EQ(lock.st_mode & 0777, 0660u);
  EXPECT_EQ(testing::wait_for(testing::spawn([&] { return read_as_web_server(dir / "t"); })), 0);
}

TEST(LinkTableAccess, killed_readers_do_not_stop_the_writer) {
  const TempDir dir;
  { auto writer = open_writer(dir / "t"); }
  std::vector<pid_t> children;
  for (int i = 0; i < 5; ++i) {
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    children.push_back(testing::spawn([&] {
      auto reader = LinkTableReader::open(dir / "t");
      if (!reader) return 1;
      const auto snapshot = reader->snapshot();
      if (!snapshot || write(ready[1], "x", 1) != 1) return 2;
      for (;;) pause();
    }));
    char byte = 0;
    ASSERT_EQ(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    close(ready[1]);
  }
  for (const pid_t pid : children) {
    kill(pid, SIGKILL);
    EXPECT_EQ(testing::wait_for(pid), 128 + SIGKILL);
  }
  auto writer = LinkTableWriter::open({.directory = dir / "t", .map_bytes = 256 * 1024});
  ASSERT_TRUE(writer) << writer.message();
  // Ten times the map: were the dead readers' slots kept, old pages could not be used again and the file would grow.
  const std::string location = "https://shop.example/" + std::string(2000, 'x');
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const LinkChange link = change("abc", location);
    ASSERT_TRUE(writer->apply({&link, 1}, i));
  }
  EXPECT_LT(std::filesystem::file_size(dir / "t/data.mdb"), 256u * 1024);
}

}  // namespace
}  // namespace refedge::edge
