// What the standards' own files say of the primitives under the core: tests/vectors/outside.
#include <gtest/gtest.h>

#include <string_view>

#include "core/crypto/crypto.h"
#include "refedge/base64.h"
#include "refedge/hex.h"
#include "tests/unit/outside_file.h"

namespace refedge::testing {
namespace {

std::string bytes(const OutsideCase& one, const char* name) { return *hex_decode(one.at(name)); }

// The standards' ECB has no padding; what it adds to whole blocks is one block more.
void expect_ecb(const OutsideCase& one) {
  const std::string key = bytes(one, "KEY");
  const std::string plain = bytes(one, "PLAINTEXT");
  const std::string padded = crypto::aes256_ecb_encrypt(plain, key);
  ASSERT_EQ(padded.size(), plain.size() + crypto::kAesBlockLength);
  const std::string padding = padded.substr(plain.size());
  if (one.at("section") == "ENCRYPT") {
    EXPECT_EQ(hex_encode(padded.substr(0, plain.size())), one.at("CIPHERTEXT"));
  } else {
    EXPECT_EQ(hex_encode(*crypto::aes256_ecb_decrypt(bytes(one, "CIPHERTEXT") + padding, key)),
              one.at("PLAINTEXT"));
  }
}

struct EcbFile {
  const char* name;
  std::size_t num_cases;
};

constexpr EcbFile kEcbFiles[] = {{"ECBGFSbox256.rsp", 10},
                                 {"ECBKeySbox256.rsp", 32},
                                 {"ECBMMT256.rsp", 20},
                                 {"ECBVarKey256.rsp", 512},
                                 {"ECBVarTxt256.rsp", 256}};

TEST(Outside, aes_256_ecb_of_nist) {
  for (const EcbFile& file : kEcbFiles) {
    SCOPED_TRACE(file.name);
    const auto cases = read_outside_file(std::string("nist/") + file.name);
    EXPECT_EQ(cases.size(), file.num_cases);
    std::size_t num_encrypted = 0;
    for (const OutsideCase& one : cases) {
      SCOPED_TRACE(one.at("COUNT"));
      if (one.at("section") == "ENCRYPT") ++num_encrypted;
      expect_ecb(one);
    }
    EXPECT_EQ(num_encrypted * 2, file.num_cases);
  }
}

// The message of length 0 is written as one byte.
std::string message(const OutsideCase& one) { return one.at("Len") == "0" ? "" : bytes(one, "Msg"); }

TEST(Outside, sha256_of_nist) {
  const auto cases = read_outside_file("nist/SHA256ShortMsg.rsp");
  EXPECT_EQ(cases.size(), 65U);
  for (const OutsideCase& one : cases) {
    EXPECT_EQ(hex_encode(crypto::as_text(crypto::sha256(message(one)))), one.at("MD"));
  }
}

template <class Hmac>
void expect_hmac(const char* file, std::size_t num_cases, Hmac hmac) {
  const auto cases = read_outside_file(file);
  EXPECT_EQ(cases.size(), num_cases);
  for (const OutsideCase& one : cases) {
    const auto digest = hmac(bytes(one, "Key"), message(one));
    EXPECT_EQ(hex_encode(crypto::as_text(digest)), one.at("MD"));
  }
}

TEST(Outside, hmac_sha1_of_rfc_2202) { expect_hmac("rfc/rfc-2202-sha1.txt", 7, crypto::hmac_sha1); }

TEST(Outside, hmac_sha256_of_rfc_4231) { expect_hmac("rfc/rfc-4231-sha256.txt", 6, crypto::hmac_sha256); }

std::string_view between(std::string_view text, std::string_view before, std::string_view after) {
  text.remove_prefix(text.find(before) + before.size());
  return text.substr(0, text.find(after));
}

TEST(Outside, base64_and_base16_of_rfc_4648) {
  std::size_t num_base64 = 0;
  const auto cases = read_outside_file("rfc/rfc4648-section10.txt");
  EXPECT_EQ(cases.size(), 14U);
  for (const OutsideCase& one : cases) {
    const auto& [call, quoted] = *one.begin();
    const auto text = between(call, "(\"", "\")");
    const auto code = between(quoted, "\"", "\"");
    const bool is_base64 = call.substr(0, 6) == "BASE64";
    if (is_base64) {
      ++num_base64;
      EXPECT_EQ(base64_encode(text), code);
    }
    EXPECT_EQ(is_base64 ? *base64_decode(code) : *hex_decode(code), text);
  }
  EXPECT_EQ(num_base64, 7U);
}

}  // namespace
}  // namespace refedge::testing
