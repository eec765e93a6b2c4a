#include "edge/spool/conversion_payload.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "edge/spool/segment.h"
#include "refedge/limits.h"

namespace refedge::edge {
namespace {

using namespace std::string_literals;

constexpr Conversion kOrder{"0190f1c4-8a9b-7c3d-8e4f-0123456789ab",
                            "demo",
                            1718000000123,
                            "text/plain",
                            "1.cookie",
                            R"({"market":"demo"})"};

std::string encoded(const Conversion& conversion) {
  const auto payload = encode_conversion(conversion);
  EXPECT_TRUE(payload);
  return payload ? *payload : std::string();
}

// Decodes from a heap buffer of exactly the size, so that a sanitizer sees one byte of over-reading.
Error error_of(const std::string& payload) {
  const std::unique_ptr<char[]> exact(new char[payload.size()]);
  std::copy(payload.begin(), payload.end(), exact.get());
  const auto conversion = decode_conversion({exact.get(), payload.size()});
  return conversion ? Error{} : conversion.error();
}

TEST(ConversionPayload, has_the_documented_layout) {
  EXPECT_EQ(encoded(kOrder),
            "\x01\x02"
            "\x24\0"s
            "0190f1c4-8a9b-7c3d-8e4f-0123456789ab"
            "\x04\0"s
            "demo"
            "\x0d\0"s
            "1718000000123"
            "\x0a\0"s
            "text/plain"
            "\x08\0"s
            "1.cookie"
            R"({"market":"demo"})");
}

TEST(ConversionPayload, gives_back_what_went_in) {
  Conversion order = kOrder;
  const std::string body(kMaxConversionBody, 'b');
  const std::string market(kMaxSlugLength, 'm');
  const std::string type(kMaxContentType, 't');
  const std::string attribution(kMaxAttribution, 'a');
  order.body = body;
  order.market = market;
  order.content_type = type;
  order.attribution = attribution;
  const std::string payload = encoded(order);
  EXPECT_LE(payload.size(), kMaxPayload) << "the longest conversion fits into a record";
  EXPECT_TRUE(is_conversion(payload));
  const auto back = decode_conversion(payload);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->conversion_id, order.conversion_id);
  EXPECT_EQ(back->market, market);
  EXPECT_EQ(back->at_ms, order.at_ms);
  EXPECT_EQ(back->content_type, type);
  EXPECT_EQ(back->attribution, attribution);
  EXPECT_EQ(back->body, body);
}

TEST(ConversionPayload, refuses_one_more_than_each_limit) {
  const auto refused = [](Conversion order, std::string_view Conversion::*member, std::size_t limit) {
    const std::string text(limit + 1, 'x');
    order.*member = text;
    const auto payload = encode_conversion(order);
    return payload ? Error{} : payload.error();
  };
  EXPECT_EQ(refused(kOrder, &Conversion::market, kMaxSlugLength), (Error{Errc::kTooLong, "market"}));
  EXPECT_EQ(refused(kOrder, &Conversion::content_type, kMaxContentType),
            (Error{Errc::kTooLong, "content_type"}));
  EXPECT_EQ(refused(kOrder, &Conversion::attribution, kMaxAttribution),
            (Error{Errc::kTooLong, "attribution"}));
  EXPECT_EQ(refused(kOrder, &Conversion::body, kMaxConversionBody), (Error{Errc::kTooLong, "body"}));
}

TEST(ConversionPayload, refuses_what_is_cut_short_or_of_another_kind) {
  const std::string payload = encoded(kOrder);
  const std::size_t before_body = payload.size() - kOrder.body.size();
  for (std::size_t n = 0; n < before_body; ++n)
    EXPECT_EQ(error_of(payload.substr(0, n)).code, Errc::kInvalidRecord) << n;
  std::string other = payload;
  other[0] = 2;
  EXPECT_EQ(error_of(other).code, Errc::kUnsupportedVersion);
  other = payload;
  other[1] = 1;
  EXPECT_EQ(error_of(other).code, Errc::kInvalidRecord);
  EXPECT_FALSE(is_conversion(other));
  EXPECT_FALSE(is_conversion(""));
}

TEST(ConversionPayload, refuses_fields_that_do_not_hold) {
  Conversion order = kOrder;
  order.conversion_id = "0190f1c4";
  EXPECT_EQ(error_of(encoded(order)), (Error{Errc::kInvalidField, "conversion_id"}));
  std::string payload = encoded(kOrder);
  payload[payload.find("1718")] = 'x';
  EXPECT_EQ(error_of(payload), (Error{Errc::kInvalidField, "at_ms"}));
}

}  // namespace
}  // namespace refedge::edge
