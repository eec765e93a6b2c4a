#include "edge/links/link_cache.h"

#include <gtest/gtest.h>

#include <string>

namespace refedge::edge {
namespace {

const std::string kRecords = "one two three";
const std::string_view kOne(kRecords.data(), 3);
const std::string_view kTwo(kRecords.data() + 4, 3);

TEST(LinkCache, gives_where_a_record_stands_and_copies_nothing) {
  LinkCache cache;
  cache.put("k7", 1, kOne);
  const auto found = cache.find("k7", 1);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->data(), kOne.data());
  EXPECT_EQ(found->size(), kOne.size());
}

TEST(LinkCache, an_entry_is_for_its_version_alone) {
  LinkCache cache;
  cache.put("k7", 1, kOne);
  EXPECT_FALSE(cache.find("k7", 2));
  EXPECT_FALSE(cache.find("k7", 0));
  cache.put("k7", 2, kTwo);
  EXPECT_EQ(cache.find("k7", 2), kTwo);
  EXPECT_FALSE(cache.find("k7", 1));
  cache.put("k7", 1, kOne);
  cache.put("k7", 3, kTwo);
  EXPECT_EQ(cache.find("k7", 3), kTwo);
}

// LMDB counts commits in 64 bits, of which an entry keeps 48.
TEST(LinkCache, versions_are_told_apart_up_to_48_bits) {
  LinkCache cache;
  const std::uint64_t last = (std::uint64_t{1} << 48) - 1;
  cache.put("k7", last, kOne);
  EXPECT_TRUE(cache.find("k7", last));
  EXPECT_FALSE(cache.find("k7", last - 1));
  EXPECT_FALSE(cache.find("k7", 0xFFFFFFFF));
}

TEST(LinkCache, a_code_is_its_characters_and_its_length) {
  LinkCache cache;
  cache.put("k7", 1, kOne);
  for (const std::string_view other :
       {std::string_view("K7"), std::string_view("k"), std::string_view("k77"), std::string_view(),
        std::string_view("k7\0", 3), std::string_view("\0k7", 3)})
    EXPECT_FALSE(cache.find(other, 1)) << other.size();
}

TEST(LinkCache, codes_and_records_have_limits) {
  LinkCache cache;
  const std::string longest(LinkCache::kMaxCode, 'a');
  cache.put(longest, 1, kOne);
  EXPECT_TRUE(cache.find(longest, 1));
  cache.put(longest + "a", 1, kOne);
  EXPECT_FALSE(cache.find(longest + "a", 1));

  const std::string record(LinkCache::kMaxRecord + 1, 'x');
  cache.put("fits", 1, std::string_view(record).substr(1));
  ASSERT_TRUE(cache.find("fits", 1));
  EXPECT_EQ(cache.find("fits", 1)->size(), LinkCache::kMaxRecord);
  cache.put("not", 1, record);
  EXPECT_FALSE(cache.find("not", 1));
  cache.put("empty", 1, {});
  EXPECT_FALSE(cache.find("empty", 1));
  cache.put({}, 1, kOne);
  EXPECT_FALSE(cache.find({}, 1));
}

// Whatever is thrown out: what is found is what was put last.
TEST(LinkCache, holds_a_full_table_and_never_mixes_links_up) {
  LinkCache cache;
  const std::size_t links = LinkCache::kMinEntries * 4;
  cache.make_room_for(links);
  ASSERT_EQ(cache.num_entries(), links);
  const std::string texts(links * 2, 'x');
  const auto record_of = [&](std::size_t i) { return std::string_view(texts).substr(i, 1 + i % 7); };
  for (std::size_t i = 0; i < links; ++i) cache.put(std::to_string(i), 1, record_of(i));
  std::size_t found = 0;
  for (std::size_t i = 0; i < links; ++i) {
    const auto record = cache.find(std::to_string(i), 1);
    if (!record) continue;
    ++found;
    ASSERT_EQ(record->data(), record_of(i).data());
    ASSERT_EQ(record->size(), record_of(i).size());
  }
  EXPECT_GT(found, links * 6 / 10);  // two codes of a set stay, of every three or more that meet in one
}

TEST(LinkCache, a_link_that_is_asked_for_again_outlives_those_that_are_not) {
  LinkCache cache;
  cache.put("popular", 1, kOne);
  std::size_t kept = 0;
  for (int i = 0; i < 100'000; ++i) {
    if (cache.find("popular", 1)) ++kept;
    cache.put(std::to_string(i), 1, kTwo);
    if (!cache.find("popular", 1)) cache.put("popular", 1, kOne);
  }
  EXPECT_GT(kept, 99'000u);
}

TEST(LinkCache, grows_with_the_table_within_bounds_and_forgets_when_it_does) {
  LinkCache cache;
  EXPECT_EQ(cache.num_entries(), LinkCache::kMinEntries);
  cache.put("k7", 1, kOne);
  cache.make_room_for(LinkCache::kMinEntries);
  EXPECT_TRUE(cache.find("k7", 1));
  cache.make_room_for(LinkCache::kMinEntries + 1);
  EXPECT_EQ(cache.num_entries(), LinkCache::kMinEntries * 2);
  EXPECT_FALSE(cache.find("k7", 1));
  cache.make_room_for(1);
  EXPECT_EQ(cache.num_entries(), LinkCache::kMinEntries * 2);
  cache.make_room_for(LinkCache::kMaxEntries * 10);
  EXPECT_EQ(cache.num_entries(), LinkCache::kMaxEntries);
  cache.put("k7", 1, kOne);
  EXPECT_TRUE(cache.find("k7", 1));
}

TEST(LinkCache, clearing_forgets_everything) {
  LinkCache cache;
  cache.put("k7", 1, kOne);
  cache.clear();
  EXPECT_FALSE(cache.find("k7", 1));
}

}  // namespace
}  // namespace refedge::edge
