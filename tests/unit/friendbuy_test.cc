#include "refedge/friendbuy.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "refedge/limits.h"

namespace refedge {
namespace {

using Json = nlohmann::ordered_json;

std::string product_key(std::size_t i, const char* member) {
  return "products[" + std::to_string(i) + "]." + member;
}

TEST(Friendbuy, the_largest_purchase_is_json_in_order) {
  std::vector<std::string> keys;
  for (std::size_t i = kMaxProducts; i-- > 0;) {
    for (const char* member : {"price", "quantity", "sku"}) keys.push_back(product_key(i, member));
  }
  std::vector<Field> fields;
  for (const std::string& key : keys) fields.push_back({key, "7"});
  fields.push_back({"order.id", "A1"});
  const auto text = build_friendbuy_purchase(fields, PurchaseSource::kEvent);
  ASSERT_TRUE(text.has_value());
  const Json json = Json::parse(*text);
  EXPECT_EQ(json.dump(), *text);
  ASSERT_EQ(json["products"].size(), kMaxProducts);
  for (const Json& product : json["products"])
    EXPECT_EQ(product.dump(), R"({"sku":"7","quantity":7,"price":"7"})");
}

TEST(Friendbuy, every_text_comes_back_as_it_was) {
  std::string odd;
  for (int c = 0x20; c < 0x7F; ++c) odd += static_cast<char>(c);
  odd += "é\xF0\x9F\x98\x80";
  const std::vector<Field> fields = {{"id", odd}, {"first_name", odd}};
  const auto text = build_friendbuy_customer(fields);
  ASSERT_TRUE(text.has_value());
  EXPECT_EQ(Json::parse(*text)["id"], odd);
  EXPECT_EQ(Json::parse(*text)["first_name"], odd);
}

TEST(Friendbuy, a_customer_has_no_list) {
  const std::vector<Field> fields = {{"id", "C1"}, {"[0].sku", "x"}};
  EXPECT_EQ(build_friendbuy_customer(fields).error(), (Error{Errc::kUnknownField, "[0].sku"}));
}

TEST(Friendbuy, the_largest_index_allocates_nothing) {
  const std::vector<Field> fields = {{"order.id", "A1"}, {"products[9223372036854775807].sku", "x"}};
  EXPECT_EQ(build_friendbuy_purchase(fields, PurchaseSource::kApi).error(),
            (Error{Errc::kTooMany, "products"}));
}

}  // namespace
}  // namespace refedge
