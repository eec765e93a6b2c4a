// What the C ABI adds to the core; the operations themselves are tested by their vectors.
#include "refedge/c_api.h"

#include <gtest/gtest.h>

#include <string>

#include "capi/record.h"
#include "refedge/errc.h"

namespace refedge {
namespace {

std::string record_of(std::initializer_list<std::string_view> fields) {
  std::string record;
  for (const auto field : fields) capi::append_record_field(record, field);
  return record;
}

refedge_response call(void (*function)(const uint8_t*, size_t, refedge_response*),
                      const std::string& record) {
  refedge_response out;
  function(reinterpret_cast<const uint8_t*>(record.data()), record.size(), &out);
  return out;
}

std::string text_of(const refedge_response& out) {
  return {reinterpret_cast<const char*>(out.data), out.len};
}

TEST(CApi, the_version_is_one) { EXPECT_EQ(refedge_abi_version(), 1U); }

TEST(CApi, a_response_is_valid_until_the_next_call) {
  const auto first = call(refedge_capture_ref, record_of({"?ref=a-code-of-33-characters-exactly--"}));
  EXPECT_EQ(first.status, static_cast<uint32_t>(Errc::kTooLong));
  EXPECT_EQ(text_of(first), "ref");
  const auto second = call(refedge_capture_ref, record_of({"?ref=k7"}));
  EXPECT_EQ(second.status, 0U);
  EXPECT_EQ(text_of(second), "k7");
}

TEST(CApi, wipe_clears_the_response) {
  const std::string value(1000, 'v');
  const auto out = call(refedge_write_json_object, record_of({"k", value, "s"}));
  ASSERT_EQ(out.len, value.size() + 8);
  refedge_wipe();
  EXPECT_EQ(text_of(out), std::string(out.len, '\0'));
}

TEST(CApi, wipe_without_a_response_is_fine) {
  refedge_wipe();
  refedge_wipe();
  EXPECT_EQ(text_of(call(refedge_is_share_code, record_of({"k7"}))), "1");
}

TEST(CApi, an_empty_result_is_a_success_of_no_bytes) {
  const auto out = call(refedge_find_query_param, record_of({"?a=", "a"}));
  EXPECT_EQ(out.status, 0U);
  EXPECT_EQ(out.len, 0U);
  EXPECT_NE(out.data, nullptr);
}

TEST(CApi, no_record_at_all_is_refused_where_fields_are_needed) {
  refedge_response out;
  refedge_capture_ref(nullptr, 0, &out);
  EXPECT_EQ(out.status, static_cast<uint32_t>(Errc::kInvalidRecord));
  refedge_write_json_object(nullptr, 0, &out);
  EXPECT_EQ(text_of(out), "{}");
}

}  // namespace
}  // namespace refedge
