#include "refedge/metadata.h"

#include <gtest/gtest.h>

#include "refedge/limits.h"
#include "refedge/percent.h"

namespace refedge {
namespace {

const std::string kToken = "fd7cf959-8a3d-431e-975b-b5d3f36aa710";

TEST(Metadata, stands_in_the_order_of_the_manual) {
  ReferralMetadata metadata;
  metadata.voucher_code = "QRBPFRNDE827E62E";
  metadata.custom_fields_json = R"([{"key":"mobile_number","value":"07123456789"}])";
  metadata.client_data_json = R"({"customer_id":"ABC123"})";
  metadata.last_name = "Doe";
  metadata.first_name = "John";
  metadata.email = "john@doe.com";
  EXPECT_EQ(
      *build_metadata(metadata),
      R"({"referral_count":0,"email":"john@doe.com","first_name":"John","last_name":"Doe",)"
      R"("client_data":{"customer_id":"ABC123"},)"
      R"("custom_fields":[{"key":"mobile_number","value":"07123456789"}],"voucher_code":"QRBPFRNDE827E62E"})");
}

TEST(Metadata, what_is_unknown_is_left_out) {
  ReferralMetadata metadata;
  metadata.referral_count = 12;
  metadata.email = "a@b.example";
  EXPECT_EQ(*build_metadata(metadata), R"({"referral_count":12,"email":"a@b.example"})");
}

TEST(Metadata, names_the_field_at_fault) {
  ReferralMetadata metadata;
  EXPECT_EQ(build_metadata(metadata).error(), (Error{Errc::kMissingField, "email"}));
  metadata.email = "a@b.example";
  metadata.referral_count = -1;
  EXPECT_EQ(build_metadata(metadata).error(), (Error{Errc::kInvalidField, "referral_count"}));
  metadata.referral_count = 0;
  metadata.first_name = "\xff";
  EXPECT_EQ(build_metadata(metadata).error(), (Error{Errc::kInvalidUtf8, "first_name"}));
}

TEST(Metadata, the_longest_text_comes_back_in_the_longest_form) {
  const std::string plain(kMaxMetadataLength, 'a');
  const auto bp_e = encrypt_metadata(plain, kToken);
  ASSERT_TRUE(bp_e);
  EXPECT_EQ(bp_e->size(), 4 * ((16 * (plain.size() / 16 + 1) + 2) / 3));
  std::string escaped;
  for (const char c : *bp_e) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    escaped +=
        {'%', kDigits[static_cast<unsigned char>(c) >> 4], kDigits[static_cast<unsigned char>(c) & 15]};
  }
  EXPECT_LE(escaped.size(), kMaxEncodedMetadataLength);
  EXPECT_EQ(*decrypt_metadata(escaped, kToken), plain);
}

TEST(Metadata, one_byte_more_is_refused) {
  EXPECT_EQ(encrypt_metadata(std::string(kMaxMetadataLength + 1, 'a'), kToken).error(),
            (Error{Errc::kTooLong, "metadata"}));
  EXPECT_EQ(decrypt_metadata(std::string(kMaxEncodedMetadataLength + 1, 'A'), kToken).error(),
            (Error{Errc::kTooLong, "bp_e"}));
}

// A wrong key answers like damage, whatever its padding happens to look like.
TEST(Metadata, wrong_keys_all_answer_the_same) {
  const std::string bp_e = *encrypt_metadata(R"({"email":"a@b.example"})", kToken);
  for (int i = 0; i < 600; ++i) {
    const auto opened = decrypt_metadata(bp_e, std::to_string(1000 + i) + kToken);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error(), (Error{Errc::kInvalidCiphertext, "bp_e"}));
  }
}

}  // namespace
}  // namespace refedge
