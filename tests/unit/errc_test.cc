#include "refedge/errc.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace refedge {
namespace {

constexpr int kNumCodes = 21;

TEST(Errc, names_are_fixed_to_numbers) {
  const char* const names[kNumCodes] = {"ok",
                                        "invalid_percent_encoding",
                                        "invalid_base64",
                                        "invalid_hex",
                                        "invalid_utf8",
                                        "too_long",
                                        "too_many",
                                        "missing_field",
                                        "invalid_field",
                                        "unknown_field",
                                        "duplicate_field",
                                        "signature_mismatch",
                                        "invalid_key",
                                        "invalid_ciphertext",
                                        "not_found",
                                        "unsupported_version",
                                        "unknown_key_id",
                                        "invalid_record",
                                        "invalid_json",
                                        "too_old",
                                        "in_the_future"};
  for (int i = 0; i < kNumCodes; ++i) EXPECT_EQ(errc_name(static_cast<Errc>(i)), names[i]);
}

TEST(Errc, every_code_has_a_message_of_its_own) {
  std::set<std::string_view> messages;
  for (int i = 0; i < kNumCodes; ++i) messages.insert(errc_message(static_cast<Errc>(i)));
  EXPECT_EQ(messages.size(), std::size_t{kNumCodes});
  for (const auto message : messages) {
    EXPECT_FALSE(message.empty());
    EXPECT_FALSE(message.ends_with('.'));
  }
}

TEST(Errc, a_number_outside_the_list_is_unknown) {
  EXPECT_EQ(errc_name(static_cast<Errc>(kNumCodes)), "unknown");
  EXPECT_EQ(errc_name(static_cast<Errc>(255)), "unknown");
  EXPECT_EQ(errc_message(static_cast<Errc>(kNumCodes)), "an unknown error");
}

}  // namespace
}  // namespace refedge
