// What a commit says of itself, as readers need it: every changed code, or that it cannot be told.
#include "edge/links/link_changes.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "tests/edge/temp_dir.h"

namespace refedge::edge {
namespace {

using testing::TempDir;

class LinkChanges : public ::testing::Test {
 protected:
  LinkChanges() {
    EXPECT_EQ(mdb_env_create(&env_), 0);
    mdb_env_set_maxdbs(env_, 1);
    EXPECT_EQ(mdb_env_open(env_, dir_.path().c_str(), 0, 0600), 0);
    commit([&](MDB_txn* txn) { return mdb_dbi_open(txn, kChangesDatabase, MDB_CREATE, &changes_); });
  }
  ~LinkChanges() override { mdb_env_close(env_); }

  template <class Act>
  void commit(Act act) {
    MDB_txn* txn = nullptr;
    ASSERT_EQ(mdb_txn_begin(env_, nullptr, 0, &txn), 0);
    version_ = mdb_txn_id(txn);
    ASSERT_EQ(act(txn), 0);
    ASSERT_EQ(mdb_txn_commit(txn), 0);
  }

  // Something else is written with it, as the links are: LMDB counts no commit that writes nothing.
  void change(const std::vector<std::string_view>& codes) {
    commit([&](MDB_txn* txn) {
      MDB_val link{4, const_cast<char*>("link")};
      const int failed = mdb_put(txn, changes_, &link, &link, 0);
      return failed != 0 ? failed : put_changes(txn, changes_, codes);
    });
  }

  void put_bytes(std::string bytes) {
    commit([&](MDB_txn* txn) {
      MDB_val key{sizeof version_, &version_};
      MDB_val value{bytes.size(), bytes.data()};
      return mdb_put(txn, changes_, &key, &value, 0);
    });
  }

  // The codes that were changed after `since`, with a comma each; none where it cannot be told.
  std::optional<std::string> changed(std::uint64_t since) {
    MDB_txn* txn = nullptr;
    EXPECT_EQ(mdb_txn_begin(env_, nullptr, MDB_RDONLY, &txn), 0);
    std::string codes;
    const bool told = read_changes(txn, changes_, since, [&](std::string_view code) { codes.append(code) += ','; });
    mdb_txn_abort(txn);
    return told ? std::optional(codes) : std::nullopt;
  }

  const TempDir dir_;
  MDB_env* env_ = nullptr;
  MDB_dbi changes_ = 0;
  std::uint64_t version_ = 0;
};

TEST_F(LinkChanges, tells_what_was_changed_since) {
  const std::uint64_t begin = version_;
  EXPECT_EQ(changed(begin), "");
  change({"a", "bb"});
  change({});
  const std::string longest(255, 'c');
  change({longest});
  EXPECT_EQ(changed(begin), "a,bb," + longest + ",");
  EXPECT_EQ(changed(begin + 1), longest + ",");
  EXPECT_EQ(changed(version_), "");
  EXPECT_EQ(changed(version_ + 1), std::nullopt);  // of a table that is another one
}

TEST_F(LinkChanges, a_commit_that_says_nothing_of_itself_makes_it_untold) {
  const std::uint64_t begin = version_;
  change({"a"});
  commit([&](MDB_txn* txn) {
    MDB_val link{4, const_cast<char*>("link")};
    return mdb_put(txn, changes_, &link, &link, 0);
  });
  change({"b"});
  EXPECT_EQ(changed(begin), std::nullopt);
  EXPECT_EQ(changed(version_ - 1), "b,");
}

TEST_F(LinkChanges, as_many_codes_as_the_limit_are_told_and_no_more) {
  std::vector<std::string_view> codes(kMaxChangedCodes, "x");
  change(codes);
  EXPECT_EQ(changed(version_ - 1)->size(), 2 * kMaxChangedCodes);
  codes.push_back("x");
  change(codes);
  EXPECT_EQ(changed(version_ - 1), std::nullopt);
}

TEST_F(LinkChanges, as_many_commits_as_the_limit_are_kept_and_no_more) {
  const std::uint64_t begin = version_;
  for (std::size_t i = 0; i < kKeptChanges; ++i) change({"x"});
  EXPECT_EQ(changed(begin)->size(), 2 * kKeptChanges);
  change({"x"});
  EXPECT_EQ(changed(begin), std::nullopt);
  EXPECT_EQ(changed(begin + 1)->size(), 2 * kKeptChanges);

  MDB_txn* txn = nullptr;
  ASSERT_EQ(mdb_txn_begin(env_, nullptr, MDB_RDONLY, &txn), 0);
  MDB_stat stat{};
  ASSERT_EQ(mdb_stat(txn, changes_, &stat), 0);
  mdb_txn_abort(txn);
  EXPECT_EQ(stat.ms_entries, kKeptChanges + 1);  // and the link
}

TEST_F(LinkChanges, bytes_that_end_within_a_code_are_damage) {
  for (const std::string& bytes : {std::string("\x02" "a"), std::string("\x01" "a\x01"), std::string("\xff")}) {
    put_bytes(bytes);
    EXPECT_EQ(changed(version_ - 1), std::nullopt);
  }
}

}  // namespace
}  // namespace refedge::edge
