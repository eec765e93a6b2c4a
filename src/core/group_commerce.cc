#include "refedge/group_commerce.h"

#include <array>
#include <cstddef>
#include <optional>

#include "core/ascii.h"
#include "core/decimal.h"
#include "core/known_fields.h"
#include "core/take_until.h"
#include "refedge/limits.h"
#include "refedge/percent.h"

namespace refedge {
namespace {

Errc ok_if(bool holds) noexcept { return holds ? Errc::kOk : Errc::kInvalidField; }

bool is_message_character(char c) noexcept { return !is_control(c) || is_white_space(c); }
bool is_url_character(char c) noexcept { return c > ' ' && c < 0x7F; }

Errc check_message(const Field& field) { return ok_if(all_of(field.value, is_message_character)); }

Errc check_segment(const Field& field) { return ok_if(all_of(field.value, is_url_safe)); }

Errc check_web_url(const Field& field) {
  const bool is_web = field.value.starts_with("https://") || field.value.starts_with("http://");
  return ok_if(is_web && all_of(field.value, is_url_character));
}

enum Slot : std::size_t { kFromEmail, kFromName, kMessage, kSegmentKey, kReferredByUserKey, kReferUrl };
enum MemberSlot : std::size_t { kEmail, kName };

constexpr std::array<KnownField, 6> kFormFields = {{
    {"FromEmail", check_email, kMaxEmailLength},
    {"FromName", check_line, kMaxNameLength},
    {"Message", check_message, kMaxMessageLength},
    {"SegmentKey", check_segment, kMaxSlugLength},
    {"ReferredByUserKey", check_share_code, kMaxShareCodeLength},
    {"ReferUrl", check_web_url, kMaxUrlLength},
}};

constexpr std::array<KnownField, 2> kRecipientFields = {{
    {"Email", check_email, kMaxEmailLength, Presence::kRequired},
    {"Name", check_line, kMaxNameLength},
}};

constexpr FieldTable kFormTable = {kFormFields, {"Recipients", kMaxRecipients, kRecipientFields}};

// A form, decoded and placed; everything points into `text`.
struct PlacedForm {
  std::string text;
  std::vector<Field> fields;
  PlacedFields placed{kFormTable};
};

// Appends what `encoded` says to `text`, which has room for it, and gives a view of it; nothing when it
// cannot be decoded.
std::optional<std::string_view> decode(std::string_view encoded, std::string& text) {
  const auto bytes = percent_decode(encoded, PlusMeans::kSpace);
  if (!bytes) return std::nullopt;
  text += *bytes;
  return std::string_view(text).substr(text.size() - bytes->size());
}

// False when a part cannot be decoded. Spec: https://url.spec.whatwg.org/#urlencoded-parsing, but for bad
// percent signs, which are refused.
bool read_fields(std::string_view encoded, PlacedForm& form) {
  form.text.reserve(encoded.size());
  while (!encoded.empty()) {
    std::string_view pair = take_until(encoded, '&');
    if (pair.empty()) continue;
    const auto name = decode(take_until(pair, '='), form.text);
    const auto value = decode(pair, form.text);
    if (!name || !value) return false;
    if (!name->starts_with("oauth_")) form.fields.push_back({*name, *value});
  }
  return true;
}

Fault place_form(std::string_view encoded, PlacedForm& form) {
  if (encoded.size() > kMaxFormLength) return {Errc::kTooLong, "form"};
  if (!read_fields(encoded, form)) return {Errc::kInvalidPercentEncoding, "form"};
  const Fault fault = form.placed.place_all(form.fields);
  if (fault.code != Errc::kOk) return fault;
  if (form.placed.num_items() == 0) return {Errc::kMissingField, "Recipients"};
  const bool has_referrer =
      form.placed.fixed(kFromEmail) != nullptr || form.placed.fixed(kReferredByUserKey) != nullptr;
  return {has_referrer ? Errc::kOk : Errc::kMissingField, "FromEmail"};
}

ReferFriends read_form(const PlacedFields& placed) {
  const auto text = [&](Slot slot) { return std::string(placed.fixed_value(slot)); };
  ReferFriends out = {text(kFromEmail),
                      text(kFromName),
                      text(kMessage),
                      text(kSegmentKey),
                      text(kReferredByUserKey),
                      text(kReferUrl),
                      {}};
  for (std::size_t item = 0; item < placed.num_items(); ++item) {
    out.recipients.push_back(
        {std::string(placed.member_value(item, kEmail)), std::string(placed.member_value(item, kName))});
  }
  return out;
}

}  // namespace

Result<ReferFriends> parse_refer_friends_form(std::string_view form) {
  PlacedForm read;
  const Fault fault = place_form(form, read);
  if (fault.code != Errc::kOk) return to_error(fault);
  return read_form(read.placed);
}

Result<std::string> refer_friends_to_json(std::string_view form) {
  PlacedForm read;
  const Fault fault = place_form(form, read);
  if (fault.code != Errc::kOk) return to_error(fault);
  return read.placed.to_json();
}

std::string build_refer_friends_answer(std::uint32_t emails_sent, AnswerFormat format) {
  const bool is_json = format == AnswerFormat::kJson;
  std::string out =
      is_json ? "{\"emailsSent\":"
              : "<referFriendsResponse xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><emailsSent>";
  append_decimal(out, emails_sent);
  out += is_json ? "}" : "</emailsSent></referFriendsResponse>";
  return out;
}

}  // namespace refedge
