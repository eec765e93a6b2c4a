#include "edge/links/link_cache.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

namespace refedge::edge {
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;

TEST(LinkCache, gives_a_copy_of_what_was_put) {
  LinkCache cache(kMiB);
  std::string record = "one";
  cache.put("k7", record);
  record = "two";
  EXPECT_EQ(cache.find("k7"), "one");
  cache.put("k7", record);
  EXPECT_EQ(cache.find("k7"), "two");
}

TEST(LinkCache, a_code_is_its_characters_and_its_length) {
  LinkCache cache(kMiB);
  cache.put("k7", "one");
  for (const std::string_view other :
       {std::string_view("K7"), std::string_view("k"), std::string_view("k77"), std::string_view(),
        std::string_view("k7\0", 3), std::string_view("\0k7", 3)})
    EXPECT_FALSE(cache.find(other)) << other.size();
}

TEST(LinkCache, codes_and_records_have_limits) {
  LinkCache cache(kMiB);
  const std::string longest(LinkCache::kMaxCode, 'a');
  cache.put(longest, "one");
  EXPECT_EQ(cache.find(longest), "one");
  cache.put(longest + "a", "one");
  EXPECT_FALSE(cache.find(longest + "a"));

  const std::string record(LinkCache::kMaxRecord, 'x');
  cache.put(longest, record);
  EXPECT_EQ(cache.find(longest), record);
  cache.put("not", record + "x");
  EXPECT_FALSE(cache.find("not"));
  cache.put("empty", {});
  EXPECT_FALSE(cache.find("empty"));
  cache.put({}, "one");
  EXPECT_FALSE(cache.find({}));
}

TEST(LinkCache, each_character_of_a_code_tells_it_from_others) {
  for (std::size_t length = 1; length <= LinkCache::kMaxCode; ++length) {
    LinkCache cache(kMiB);
    const std::string code(length, 'a');
    cache.put(code, code);
    for (std::size_t i = 0; i < length; ++i) {
      std::string other = code;
      other[i] = 'b';
      EXPECT_FALSE(cache.find(other)) << other;
      cache.expect(other);
      cache.expect_record(other);
      cache.put(other, other);
    }
    EXPECT_EQ(cache.find(code), code);
    for (std::size_t i = 0; i < length; ++i) {
      std::string other = code;
      other[i] = 'b';
      EXPECT_EQ(cache.find(other), other);
    }
  }
}

TEST(LinkCache, forgets_one_link_or_all) {
  LinkCache cache(kMiB);
  for (int i = 0; i < 1000; ++i) cache.put(std::to_string(i), std::to_string(i * 7));
  cache.forget("500");
  cache.forget("unknown");
  cache.forget(std::string(LinkCache::kMaxCode + 1, 'a'));
  for (int i = 0; i < 1000; ++i) {
    const auto found = cache.find(std::to_string(i));
    ASSERT_EQ(found.has_value(), i != 500) << i;
    if (found) {
      ASSERT_EQ(*found, std::to_string(i * 7));
    }
  }
  cache.clear();
  for (int i = 0; i < 1000; ++i) ASSERT_FALSE(cache.find(std::to_string(i)));
  cache.put("1", "new");
  EXPECT_EQ(cache.find("1"), "new");
}

// Whatever is put, forgotten and thrown out, in any order and of any length: what is found is what was put last.
TEST(LinkCache, never_mixes_links_up) {
  LinkCache cache(kMiB);
  std::mt19937 random(1);
  std::map<std::string, std::string> put;
  std::size_t found = 0;
  for (int i = 0; i < 200'000; ++i) {
    const std::string code = std::to_string(random() % 20'000);
    if (random() % 16 == 0) {
      cache.forget(code);
      put.erase(code);
    }
    if (const auto known = cache.find(code)) {
      ++found;
      ASSERT_EQ(*known, put[code]);
    } else {
      const std::size_t length = random() % 8 == 0 ? LinkCache::kMaxRecord - random() % 100 : 1 + random() % 400;
      const std::string record = std::to_string(i) + std::string(length, 'x');
      put[code] = record.substr(0, LinkCache::kMaxRecord);
      cache.put(code, put[code]);
      if (const auto kept = cache.find(code)) {
        ASSERT_EQ(*kept, put[code]);
      }
    }
  }
  EXPECT_GT(found, 10'000u);  // or nothing was tried
}

TEST(LinkCache, adding_throws_nothing_out) {
  LinkCache cache(kMiB);
  const std::string record(300, 'x');
  cache.put("k7", "one");
  EXPECT_TRUE(cache.add("k7", "two"));
  EXPECT_EQ(cache.find("k7"), "one");
  EXPECT_FALSE(cache.add("k8", std::string(LinkCache::kMaxRecord + 1, 'x')));
  std::vector<std::string> added;
  std::size_t refused = 0;
  for (int i = 0; i < 10'000; ++i) {
    const std::string code = std::to_string(i);
    if (cache.add(code, record)) added.push_back(code);
    else ++refused;
  }
  EXPECT_GT(refused, 1000u);
  for (const std::string& code : added) ASSERT_EQ(cache.find(code), record) << code;
}

TEST(LinkCache, a_table_of_half_its_size_stays) {
  LinkCache cache(8 * kMiB);
  cache.make_room_for(8 * kMiB);
  const std::string record(280, 'x');
  constexpr int kLinks = 4 * 1024 * 1024 / 300;
  for (int i = 0; i < kLinks; ++i) cache.put(std::to_string(i), record);
  int found = 0;
  for (int i = 0; i < kLinks; ++i) found += cache.find(std::to_string(i)).has_value();
  EXPECT_GT(found, kLinks * 95 / 100);  // more than a set holds meet in few
}

TEST(LinkCache, where_another_has_to_go_one_link_in_a_few_is_taken) {
  LinkCache cache(kMiB);
  const std::string record(300, 'x');
  for (int i = 0; i < 20'000; ++i) cache.put(std::to_string(i), record);
  int taken = 0;
  for (int i = 20'000; i < 30'000; ++i) {
    cache.put(std::to_string(i), record);
    taken += cache.find(std::to_string(i)).has_value();
  }
  EXPECT_GT(taken, 10'000 / static_cast<int>(LinkCache::kAdmitted) - 100);
  EXPECT_LT(taken, 10'000 / static_cast<int>(LinkCache::kAdmitted) + 100);
}

TEST(LinkCache, a_link_that_is_asked_for_again_outlives_those_that_are_not) {
  LinkCache cache(kMiB);
  const std::string record(300, 'x');
  cache.put("popular", record);
  std::size_t kept = 0;
  for (int i = 0; i < 100'000; ++i) {
    if (cache.find("popular")) ++kept;
    else cache.put("popular", record);
    cache.put(std::to_string(i), record);
  }
  EXPECT_GT(kept, 99'000u);
}

TEST(LinkCache, grows_with_the_table_within_bounds_and_forgets_when_it_does) {
  LinkCache cache(8 * kMiB);
  EXPECT_EQ(cache.bytes(), LinkCache::kMinBytes);
  cache.put("k7", "one");
  cache.make_room_for(kMiB);
  EXPECT_EQ(cache.bytes(), kMiB);
  EXPECT_TRUE(cache.find("k7"));
  cache.make_room_for(3 * kMiB);
  EXPECT_EQ(cache.bytes(), 3 * kMiB);
  EXPECT_FALSE(cache.find("k7"));
  cache.make_room_for(1);
  EXPECT_EQ(cache.bytes(), 3 * kMiB);
  cache.make_room_for(100 * kMiB);
  EXPECT_EQ(cache.bytes(), 8 * kMiB);
  cache.put("k7", "one");
  EXPECT_TRUE(cache.find("k7"));
  EXPECT_EQ(LinkCache(1).bytes(), LinkCache::kMinBytes);
}

}  // namespace
}  // namespace refedge::edge
