// Group Commerce "Refer Friends": the form and its answers. Spec: docs/protocol.md#refer-friends.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "refedge/result.h"

namespace refedge {

struct EmailRecipient {
  std::string email;
  std::string name;  // may be empty

  friend bool operator==(const EmailRecipient&, const EmailRecipient&) = default;
};

// Decoded; empty where the form says nothing.
struct ReferFriends {
  std::string from_email;
  std::string from_name;
  std::string message;
  std::string segment_key;
  std::string referred_by_user_key;  // a share-link code
  std::string refer_url;             // http or https
  std::vector<EmailRecipient> recipients;
};

// parse_refer_friends_form reads the application/x-www-form-urlencoded body of POST referfriends. Names are
// those of the manual, case-sensitive, brackets encoded or not: FromEmail, FromName, Message, SegmentKey,
// ReferredByUserKey, ReferUrl, Recipients[n].Email, Recipients[n].Name; n counts from 0 without a gap, 1 to
// kMaxRecipients recipients. Empty values count as absent. Of FromEmail and ReferredByUserKey at least one is
// needed, for without either nobody refers. OAuth parameters (`oauth_...`) may stand in the form
// (RFC 5849 section 3.5.2) and are passed over. Only Message may hold line breaks.
// Errors (field = the form's name): kTooLong (field "form") over kMaxFormLength; kInvalidPercentEncoding
// (field "form"); kMissingField (field "Recipients" when there is none); kInvalidField; kTooLong;
// kInvalidUtf8; kDuplicateField; kUnknownField; kTooMany (field "Recipients").
[[nodiscard]] Result<ReferFriends> parse_refer_friends_form(std::string_view form);

// refer_friends_to_json reads a form as parse_refer_friends_form does, and writes what it says as canonical
// JSON under the form's own names: {"FromEmail":"...","Recipients":[{"Email":"...","Name":"..."}]}, without
// what is absent. Errors: those of parse_refer_friends_form.
[[nodiscard]] Result<std::string> refer_friends_to_json(std::string_view form);

enum class AnswerFormat : unsigned char { kJson, kXml };

// build_refer_friends_answer writes how many e-mails were sent: {"emailsSent":2}, or
// <referFriendsResponse
// xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><emailsSent>2</emailsSent></referFriendsResponse>.
[[nodiscard]] std::string build_refer_friends_answer(std::uint32_t emails_sent, AnswerFormat format);

}  // namespace refedge
