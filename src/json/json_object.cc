#include "json/json_object.h"

#include <cstdint>
#include <nlohmann/json.hpp>

#include "refedge/limits.h"

namespace refedge {

using Json = nlohmann::json;

// Writes the values of the outermost object's members as it is called for each token. nlohmann's parser
// checks the grammar and the encoding; what is kept here is the text.
class JsonObjectReader final : public nlohmann::json_sax<Json> {
 public:
  explicit JsonObjectReader(std::vector<JsonObject::Member>& members) : members_(members) {}

  bool null() override { return scalar("null"); }
  bool boolean(bool value) override { return scalar(value ? "true" : "false"); }
  // The parser takes what starts with '-' for signed: a zero can only have been "-0".
  bool number_integer(std::int64_t value) override {
    return scalar(value == 0 ? "-0" : std::to_string(value));
  }
  bool number_unsigned(std::uint64_t value) override { return scalar(std::to_string(value)); }
  bool number_float(double /*value*/, const std::string& literal) override { return scalar(literal); }

  bool string(std::string& text) override {
    if (depth_ == 0) return false;
    if (depth_ == 1) return finish(text, ValueKind::kString);
    begin_value();
    append_json_string(nested_, text);
    return true;
  }

  bool binary(Json::binary_t& /*value*/) override { return false; }

  bool key(std::string& name) override {
    if (depth_ == 1) {
      key_ = name;
      is_full_ = members_.size() >= kMaxFields;
      return !is_full_;
    }
    begin_value();
    append_json_string(nested_, name);
    nested_ += ':';
    needs_comma_ = false;
    return true;
  }

  bool start_object(std::size_t /*size*/) override { return open('{'); }
  bool end_object() override { return close('}'); }
  bool start_array(std::size_t /*size*/) override { return depth_ > 0 && open('['); }
  bool end_array() override { return close(']'); }

  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*cause*/) override {
    return false;
  }

  [[nodiscard]] bool is_full() const noexcept { return is_full_; }

 private:
  static constexpr int kMaxDepth = 16;

  bool scalar(const std::string& text) {
    if (depth_ == 0) return false;
    if (depth_ == 1) return finish(text, ValueKind::kRaw);
    begin_value();
    nested_ += text;
    return true;
  }

  bool open(char bracket) {
    if (++depth_ > kMaxDepth) return false;
    if (depth_ == 1) return true;
    begin_value();
    nested_ += bracket;
    needs_comma_ = false;
    return true;
  }

  bool close(char bracket) {
    if (--depth_ == 0) return true;
    nested_ += bracket;
    needs_comma_ = true;
    if (depth_ > 1) return true;
    finish(nested_, ValueKind::kRaw);
    nested_.clear();
    needs_comma_ = false;
    return true;
  }

  void begin_value() {
    if (needs_comma_) nested_ += ',';
    needs_comma_ = true;
  }

  bool finish(const std::string& value, ValueKind kind) {
    members_.push_back({key_, value, kind});
    return true;
  }

  std::vector<JsonObject::Member>& members_;
  std::string key_;
  std::string nested_;
  bool needs_comma_ = false;
  bool is_full_ = false;
  int depth_ = 0;
};

Result<JsonObject> JsonObject::parse(std::string_view text, std::string_view name) {
  JsonObject object;
  JsonObjectReader reader(object.members_);
  if (!Json::sax_parse(text, &reader)) {
    return Error{reader.is_full() ? Errc::kTooMany : Errc::kInvalidJson, std::string(name)};
  }
  object.fields_.reserve(object.members_.size());
  for (const Member& member : object.members_) {
    object.fields_.push_back({member.key, member.value, member.kind});
  }
  return object;
}

std::string_view JsonObject::text(std::string_view key) const {
  for (const Field& field : fields_) {
    if (field.key != key) continue;
    const bool is_null = field.kind == ValueKind::kRaw && field.value == "null";
    return is_null ? std::string_view{} : field.value;
  }
  return {};
}

}  // namespace refedge
