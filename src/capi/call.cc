// How an operation reads its fields and writes its answer.
#include "capi/operation.h"
#include "capi/record.h"
#include "core/decimal.h"
#include "core/words.h"

namespace refedge::capi {

std::int64_t Call::number(std::size_t i, const char* name, std::int64_t max) {
  const auto value = parse_decimal(fields_[i], max);
  if (!value) fail(Errc::kInvalidField, name);
  return value.value_or(0);
}

bool Call::flag(std::size_t i, const char* name) { return choice(i, name, "0 1") == 2; }

std::uint8_t Call::choice(std::size_t i, const char* name, std::string_view words) {
  const std::uint8_t number = number_of(words, fields_[i]);
  if (number == 0) fail(Errc::kInvalidField, name);
  return number;
}

std::vector<Field> Call::object(std::size_t i) {
  std::vector<Field> fields;
  fields.reserve((size() - i) / 3);
  for (; i < size(); i += 3) {
    const bool is_raw = fields_[i + 2] == "r";
    if (!is_raw && fields_[i + 2] != "s") fail(Errc::kInvalidField, "kind");
    fields.push_back({fields_[i], fields_[i + 1], is_raw ? ValueKind::kRaw : ValueKind::kString});
  }
  return fields;
}

ReferralCookie Call::cookie(std::size_t i) {
  return {std::string(fields_[i]), std::string(fields_[i + 1]), number(i + 2, "captured_at")};
}

std::vector<CookieKey> Call::cookie_keys(std::size_t i) {
  std::vector<CookieKey> keys;
  for (; i < size(); i += 2) {
    if (fields_[i].size() != 1) fail(Errc::kInvalidKey, "cookie_key");
    keys.push_back({fields_[i].empty() ? '\0' : fields_[i].front(), fields_[i + 1]});
  }
  return keys;
}

void Call::answer_text(std::string_view text) { out_ = text; }

void Call::put(std::string_view field) { append_record_field(out_, field); }

void Call::put_number(std::int64_t number) {
  std::string text;
  append_decimal(text, number);
  put(text);
}

void Call::put_cookie(const ReferralCookie& cookie) {
  put(cookie.code);
  put(cookie.click_id);
  put_number(cookie.captured_at);
}

}  // namespace refedge::capi
