// What a reader remembers must be what the table has, whatever is committed in between.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "edge/links/link_changes.h"
#include "edge/links/link_record.h"
#include "edge/links/link_table_reader.h"
#include "edge/links/link_table_writer.h"
#include "tests/edge/child.h"
#include "tests/edge/temp_dir.h"

namespace refedge::edge {
namespace {

using testing::TempDir;

std::string location_of_round(std::string_view code, std::uint64_t round) {
  // A length that changes, so that records move in their page and overflow it.
  return "https://shop.example/" + std::string(code) + "/" + std::to_string(round) + "/" +
         std::string(round * 37 % 900, 'x');
}

class Table {
 public:
  explicit Table(const std::string& directory) : writer_(*LinkTableWriter::open({.directory = directory})) {}

  void put(std::string_view code, const std::string& location, LinkState state = LinkState::kActive) {
    LinkRecord record;
    record.state = state;
    record.location = location;
    const LinkChange change{code, record};
    ASSERT_TRUE(writer_.apply({&change, 1}, ++cursor_));
  }

  // One commit for all `codes`.
  void put_all(const std::vector<std::string>& codes, std::uint64_t round) {
    std::vector<std::string> locations;
    for (const std::string& code : codes) locations.push_back(location_of_round(code, round));
    std::vector<LinkChange> changes;
    for (std::size_t i = 0; i < codes.size(); ++i) {
      LinkRecord record;
      record.expires_at = round;
      record.location = locations[i];
      changes.push_back({codes[i], record});
    }
    ASSERT_TRUE(writer_.apply(changes, ++cursor_));
  }

  void put_raw(std::string_view code, const std::string& bytes) { ASSERT_TRUE(writer_.put_raw(code, bytes)); }

 private:
  LinkTableWriter writer_;
  std::uint64_t cursor_ = 0;
};

// As the module does it: recalled, or found in a snapshot. The location, and whether it was recalled.
struct Seen {
  std::string location;
  std::uint64_t round = 0;
  bool recalled = false;
};

Seen see(std::string_view bytes, bool recalled) {
  const auto record = recalled ? reread_link_record(bytes) : decode_link_record(bytes);
  if (!record) return {"damaged", 0, recalled};
  return {std::string(record->location), record->expires_at, recalled};
}

Seen look_up(LinkTableReader& reader, std::string_view code) {
  reader.look();
  reader.expect(code);
  reader.expect_record(code);
  if (const auto bytes = reader.recall(code)) return see(*bytes, true);
  const auto snapshot = reader.snapshot();
  if (!snapshot) return {"error: " + snapshot.message()};
  const auto bytes = snapshot->find(code);
  if (!bytes) return {"error: " + bytes.message()};
  return *bytes ? see(**bytes, false) : Seen{"absent"};
}

TEST(LinkRecall, the_second_look_needs_no_snapshot) {
  const TempDir dir;
  Table table(dir / "t");
  table.put("abc", "https://shop.example/1");
  auto reader = *LinkTableReader::open(dir / "t");
  EXPECT_FALSE(reader.recall("abc"));
  EXPECT_FALSE(look_up(reader, "abc").recalled);
  EXPECT_TRUE(look_up(reader, "abc").recalled);
}

// What is recalled is not checked again: a line end in a Location header, for one, would be an answer of somebody else's.
TEST(LinkRecall, what_is_no_record_is_never_remembered) {
  const TempDir dir;
  Table table(dir / "t");
  LinkRecord good;
  good.location = "https://shop.example/1";
  std::string bytes = *encode_link_record(good);
  table.put_raw("good", bytes);
  bytes.back() = '\n';
  table.put_raw("bad", bytes);
  table.put_raw("worse", "\x01nonsense");
  auto reader = *LinkTableReader::open(dir / "t");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(look_up(reader, "good").recalled, i == 1);
    for (const char* code : {"bad", "worse"}) {
      const Seen seen = look_up(reader, code);
      EXPECT_EQ(seen.location, "damaged") << code;
      EXPECT_FALSE(seen.recalled) << code;
    }
  }
  auto preloaded = *LinkTableReader::open(dir / "t");
  while (preloaded.has_more_to_preload()) ASSERT_TRUE(preloaded.preload(1));
  EXPECT_TRUE(preloaded.recall("good"));
  for (const char* code : {"bad", "worse"}) EXPECT_FALSE(preloaded.recall(code)) << code;
}

// One look at the table for every commit, by whichever link comes first; then all but the changed ones are there.
TEST(LinkRecall, a_commit_makes_forgotten_what_it_changed_and_no_more) {
  const TempDir dir;
  Table table(dir / "t");
  for (const char* code : {"abc", "kept"}) table.put(code, "https://shop.example/1");
  auto reader = *LinkTableReader::open(dir / "t");
  for (const char* code : {"abc", "kept"}) static_cast<void>(look_up(reader, code));
  for (std::size_t i = 0; i < kKeptChanges; ++i) table.put("abc", "https://shop.example/2");
  const Seen changed = look_up(reader, "abc");
  EXPECT_FALSE(changed.recalled);
  EXPECT_EQ(changed.location, "https://shop.example/2");
  EXPECT_TRUE(look_up(reader, "kept").recalled);
}

TEST(LinkRecall, too_many_commits_make_everything_forgotten) {
  const TempDir dir;
  Table table(dir / "t");
  for (const char* code : {"abc", "kept"}) table.put(code, "https://shop.example/1");
  auto reader = *LinkTableReader::open(dir / "t");
  static_cast<void>(look_up(reader, "kept"));
  for (std::size_t i = 0; i <= kKeptChanges; ++i) table.put("abc", "https://shop.example/2");
  static_cast<void>(look_up(reader, "abc"));
  EXPECT_FALSE(look_up(reader, "kept").recalled);
  EXPECT_TRUE(look_up(reader, "kept").recalled);
}

TEST(LinkRecall, an_updated_or_withdrawn_link_is_seen_at_once) {
  const TempDir dir;
  Table table(dir / "t");
  auto reader = [&] {
    table.put("abc", "https://shop.example/0");
    return *LinkTableReader::open(dir / "t");
  }();
  for (int i = 1; i < 200; ++i) {
    const std::string location = "https://shop.example/" + std::to_string(i);
    table.put("abc", location);
    ASSERT_EQ(look_up(reader, "abc").location, location);
    ASSERT_EQ(look_up(reader, "abc").location, location);
  }
  ASSERT_TRUE(look_up(reader, "abc").recalled);
  table.put("abc", "https://shop.example/", LinkState::kWithdrawn);
  reader.look();
  EXPECT_FALSE(reader.recall("abc"));
  EXPECT_EQ(look_up(reader, "abc").location, "https://shop.example/");
}

// As a writer leaves it that knows nothing of the list of changes.
void drop_changes(const std::string& directory) {
  MDB_env* env = nullptr;
  MDB_txn* txn = nullptr;
  MDB_dbi changes = 0;
  ASSERT_EQ(mdb_env_create(&env), 0);
  mdb_env_set_maxdbs(env, 1);
  ASSERT_EQ(mdb_env_open(env, directory.c_str(), 0, 0600), 0);
  ASSERT_EQ(mdb_txn_begin(env, nullptr, 0, &txn), 0);
  ASSERT_EQ(mdb_dbi_open(txn, kChangesDatabase, 0, &changes), 0);
  ASSERT_EQ(mdb_drop(txn, changes, 1), 0);
  ASSERT_EQ(mdb_txn_commit(txn), 0);
  mdb_env_close(env);
}

TEST(LinkRecall, without_a_list_of_changes_every_commit_makes_everything_forgotten) {
  const TempDir dir;
  { Table(dir / "t").put("abc", "https://shop.example/1"); }
  drop_changes(dir / "t");
  auto reader = *LinkTableReader::open(dir / "t");
  static_cast<void>(look_up(reader, "abc"));
  EXPECT_TRUE(look_up(reader, "abc").recalled);
  Table(dir / "t").put("other", "https://shop.example/");
  const Seen after = look_up(reader, "abc");
  EXPECT_FALSE(after.recalled);
  EXPECT_EQ(after.location, "https://shop.example/1");
}

TEST(LinkRecall, preloading_brings_the_whole_table_a_part_at_a_time) {
  const TempDir dir;
  Table table(dir / "t");
  std::vector<std::string> codes;
  for (int i = 0; i < 1000; ++i) codes.push_back("code" + std::to_string(i));
  table.put_all(codes, 1);
  auto reader = *LinkTableReader::open(dir / "t");
  int steps = 0;
  for (; reader.has_more_to_preload(); ++steps) {
    ASSERT_LE(steps, 10);
    ASSERT_TRUE(reader.preload(100));
    if (steps == 4) table.put("code1", "https://shop.example/new");  // what is behind it is not stale either
  }
  EXPECT_EQ(steps, 10);
  for (const std::string& code : codes) {
    const Seen seen = look_up(reader, code);
    EXPECT_EQ(seen.location, code == "code1" ? "https://shop.example/new" : location_of_round(code, 1));
    EXPECT_EQ(seen.recalled, code != "code1");
  }
}

TEST(LinkRecall, preloading_ends_when_the_room_is_full) {
  const TempDir dir;
  Table table(dir / "t");
  std::vector<std::string> codes;
  for (int i = 0; i < 20'000; ++i) codes.push_back("code" + std::to_string(i));
  table.put_all(codes, 8);  // of more than 300 bytes
  auto reader = *LinkTableReader::open(dir / "t", kMinLinkMemory);
  std::size_t steps = 0;
  for (; reader.has_more_to_preload(); ++steps) ASSERT_TRUE(reader.preload(100));
  EXPECT_GT(steps, 15u);
  EXPECT_LT(steps, 100u);
}

// More links than fitted at first: the memory grows with the table, and is filled again.
TEST(LinkRecall, a_table_that_grows_is_preloaded_anew) {
  const TempDir dir;
  Table table(dir / "t");
  table.put("first", "https://shop.example/1");
  auto reader = *LinkTableReader::open(dir / "t");
  while (reader.has_more_to_preload()) ASSERT_TRUE(reader.preload(100));
  EXPECT_TRUE(look_up(reader, "first").recalled);
  std::vector<std::string> codes;
  for (int i = 0; i < 10'000; ++i) codes.push_back("code" + std::to_string(i));
  table.put_all(codes, 8);
  static_cast<void>(look_up(reader, "absent"));
  EXPECT_TRUE(reader.has_more_to_preload());
  while (reader.has_more_to_preload()) ASSERT_TRUE(reader.preload(100));
  codes.emplace_back("first");
  const auto recalled = std::count_if(codes.begin(), codes.end(), [&](const std::string& code) { return look_up(reader, code).recalled; });
  EXPECT_GT(recalled, 9000) << "more than a set holds meet in few";
}

TEST(LinkRecall, another_table_of_the_same_name_is_not_mixed_up_with_the_first) {
  const TempDir dir;
  { Table(dir / "t").put("abc", "https://shop.example/first"); }
  auto reader = *LinkTableReader::open(dir / "t");
  static_cast<void>(look_up(reader, "abc"));
  ASSERT_EQ(rename((dir / "t").c_str(), (dir / "old").c_str()), 0);
  { Table(dir / "t").put("abc", "https://shop.example/second"); }
  EXPECT_FALSE(reader.is_current());
  reader = *LinkTableReader::open(dir / "t");
  EXPECT_EQ(look_up(reader, "abc").location, "https://shop.example/second");
}

// The map moves when the writer needs a larger one.
TEST(LinkRecall, survives_a_map_that_grows) {
  const TempDir dir;
  auto writer = *LinkTableWriter::open({.directory = dir / "t", .map_bytes = std::size_t{1} << 16});
  const std::string location = "https://shop.example/" + std::string(4000, 'x');
  LinkRecord record;
  record.location = location;
  const LinkChange first{"code0", record};
  ASSERT_TRUE(writer.apply({&first, 1}, 1));
  auto reader = *LinkTableReader::open(dir / "t");
  for (std::uint64_t i = 1; i < 500; ++i) {
    const std::string code = "code" + std::to_string(i);
    const LinkChange change{code, record};
    ASSERT_TRUE(writer.apply({&change, 1}, i + 1));
    ASSERT_EQ(look_up(reader, code).location, location);
    ASSERT_EQ(look_up(reader, "code0").location, location);
    ASSERT_EQ(look_up(reader, "code0").location, location);
  }
}

// Readers and a writer in processes of their own, as workers and agent are. Every commit gives all codes the
// same round, so that a reader can tell: a record is whole, of its own code, and rounds never go back.
TEST(LinkRecall, agrees_with_the_table_while_another_process_commits_without_pause) {
  const TempDir dir;
  std::vector<std::string> codes;
  for (int i = 0; i < 40; ++i) codes.push_back("code" + std::to_string(i));
  { Table(dir / "t").put_all(codes, 1); }
  constexpr std::uint64_t kRounds = 400;
  const pid_t writer = testing::spawn([&] {
    Table table(dir / "t");
    for (std::uint64_t round = 2; round <= kRounds; ++round) table.put_all(codes, round);
    return 0;
  });
  auto reader = *LinkTableReader::open(dir / "t");
  std::uint64_t latest = 0;
  std::size_t recalled = 0;
  while (latest < kRounds) {
    for (const std::string& code : codes) {
      for (int again = 0; again < 3; ++again) {
        const Seen seen = look_up(reader, code);
        ASSERT_EQ(seen.location, location_of_round(code, seen.round));
        ASSERT_GE(seen.round, latest) << "a state of the past";
        latest = seen.round;
        if (seen.recalled) ++recalled;
      }
    }
  }
  EXPECT_EQ(testing::wait_for(writer), 0);
  EXPECT_GT(recalled, 1000u);  // or nothing was tried
}

}  // namespace
}  // namespace refedge::edge
