// Every vector through the C ABI.
#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <set>

#include "refedge/c_api.h"
#include "refedge/errc.h"
#include "tests/unit/vector_file.h"

namespace refedge::testing {
namespace {

using Function = void (*)(const uint8_t* record, size_t len, refedge_response* out);

struct NamedFunction {
  const char* name;
  Function function;
};

constexpr NamedFunction kOperations[] = {
    {"answer_link_visit", refedge_answer_link_visit},
    {"append_query_param", refedge_append_query_param},
    {"attribute", refedge_attribute},
    {"build_body_signature", refedge_build_body_signature},
    {"build_capillary_response", refedge_build_capillary_response},
    {"build_cookie", refedge_build_cookie},
    {"build_destination", refedge_build_destination},
    {"build_fraud_report", refedge_build_fraud_report},
    {"build_friendbuy_customer", refedge_build_friendbuy_customer},
    {"build_friendbuy_purchase", refedge_build_friendbuy_purchase},
    {"build_oauth_base_string", refedge_build_oauth_base_string},
    {"build_preview_page", refedge_build_preview_page},
    {"build_refer_friends_answer", refedge_build_refer_friends_answer},
    {"build_set_cookie", refedge_build_set_cookie},
    {"build_signature", refedge_build_signature},
    {"build_track_payload", refedge_build_track_payload},
    {"capture_ref", refedge_capture_ref},
    {"decode_plain_signup", refedge_decode_plain_signup},
    {"decrypt_metadata", refedge_decrypt_metadata},
    {"encrypt_metadata", refedge_encrypt_metadata},
    {"explain_decision", refedge_explain_decision},
    {"explain_signature_mismatch", refedge_explain_signature_mismatch},
    {"find_cookie", refedge_find_cookie},
    {"find_query_param", refedge_find_query_param},
    {"is_repeat_click", refedge_is_repeat_click},
    {"is_share_code", refedge_is_share_code},
    {"judge_capillary_referral", refedge_judge_capillary_referral},
    {"judge_capture", refedge_judge_capture},
    {"judge_consent", refedge_judge_consent},
    {"make_click_id", refedge_make_click_id},
    {"make_share_code", refedge_make_share_code},
    {"parse_cookie", refedge_parse_cookie},
    {"parse_invited_on", refedge_parse_invited_on},
    {"parse_oauth_authorization", refedge_parse_oauth_authorization},
    {"parse_refer_friends_form", refedge_parse_refer_friends_form},
    {"sign_cookie", refedge_sign_cookie},
    {"sign_oauth_request", refedge_sign_oauth_request},
    {"sign_webhook", refedge_sign_webhook},
    {"validate_auto_signup", refedge_validate_auto_signup},
    {"verify_body_signature", refedge_verify_body_signature},
    {"verify_cookie", refedge_verify_cookie},
    {"verify_oauth_request", refedge_verify_oauth_request},
    {"verify_signature", refedge_verify_signature},
    {"verify_webhook", refedge_verify_webhook},
    {"visit_verdict", refedge_visit_verdict},
    {"write_json_object", refedge_write_json_object},
};

constexpr std::size_t kMinOwnCases = 1381;
constexpr std::size_t kMinReferenceCases = 10;
constexpr std::size_t kMinRfcCases = 7;

Function find_operation(const std::string& name) {
  for (const NamedFunction& known : kOperations) {
    if (name == known.name) return known.function;
  }
  return nullptr;
}

// The record lies in a block of exactly its size, so that a sanitizer sees one byte read too many.
void run_case(Function function, const VectorCase& one) {
  const auto record = std::make_unique<uint8_t[]>(one.record.size());
  if (!one.record.empty()) std::memcpy(record.get(), one.record.data(), one.record.size());
  refedge_response out;
  function(record.get(), one.record.size(), &out);
  EXPECT_EQ(errc_name(static_cast<Errc>(out.status)), one.is_error ? one.error : "ok");
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(out.data), out.len), one.response);
}

std::size_t run_file(const VectorFile& file) {
  SCOPED_TRACE(file.path);
  const Function function = find_operation(file.operation);
  if (function == nullptr) {
    ADD_FAILURE() << "no operation is called " << file.operation;
    return 0;
  }
  for (const VectorCase& one : file.cases) {
    SCOPED_TRACE(one.name);
    run_case(function, one);
  }
  return file.cases.size();
}

void run_folder(const std::string& folder, std::size_t min_cases) {
  std::size_t num_in_files = 0;
  std::size_t num_run = 0;
  for (const VectorFile& file : read_vector_files(folder)) {
    num_in_files += file.cases.size();
    num_run += run_file(file);
  }
  EXPECT_EQ(num_run, num_in_files);
  EXPECT_GE(num_run, min_cases);
}

TEST(Vectors, what_the_manual_prints) { run_folder("reference", kMinReferenceCases); }

TEST(Vectors, what_the_standards_print) { run_folder("rfc", kMinRfcCases); }

TEST(Vectors, our_own) { run_folder("own", kMinOwnCases); }

TEST(Vectors, every_operation_has_a_file_of_its_name) {
  std::set<std::string> covered;
  for (const VectorFile& file : read_vector_files("own")) {
    EXPECT_NE(file.path.find("/" + file.operation + ".json"), std::string::npos) << file.path;
    covered.insert(file.operation);
  }
  for (const NamedFunction& known : kOperations) EXPECT_TRUE(covered.count(known.name)) << known.name;
  EXPECT_EQ(covered.size(), std::size(kOperations));
}

}  // namespace
}  // namespace refedge::testing
