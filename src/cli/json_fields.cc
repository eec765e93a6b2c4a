#include "cli/json_fields.h"

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace refedge::cli {
namespace {

using Json = nlohmann::json;

// Follows the parser's events. A document object would lose the literals of numbers.
class FieldReader {
 public:
  bool null() { return add_scalar("null"); }
  bool boolean(bool value) { return add_scalar(value ? "true" : "false"); }
  bool number_unsigned(std::uint64_t value) { return add_scalar(std::to_string(value)); }
  // The parser takes a literal for signed only when it has a minus: a zero was written `-0`.
  bool number_integer(std::int64_t value) { return add_scalar(value == 0 ? "-0" : std::to_string(value)); }
  bool number_float(double, const std::string& literal) { return add_scalar(literal); }
  bool binary(Json::binary_t&) { return false; }

  bool string(std::string& text) {
    if (levels_.empty()) return false;
    if (levels_.size() == 1) {
      fields_.push_back({key_, text, ValueKind::kString});
      return true;
    }
    begin_item();
    append_json_string(raw_, text);
    return true;
  }

  bool key(std::string& name) {
    if (!levels_.back().keys.insert(name).second) {
      error_ = {Errc::kDuplicateField, name};
      return false;
    }
    if (levels_.size() == 1) {
      key_ = name;
      return true;
    }
    begin_item();
    append_json_string(raw_, name);
    raw_ += ':';
    is_after_key_ = true;
    return true;
  }

  bool start_object(std::size_t) { return open('{'); }
  bool end_object() { return close('}'); }
  bool start_array(std::size_t) { return !levels_.empty() && open('['); }
  bool end_array() { return close(']'); }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) { return false; }

  [[nodiscard]] const Error& error() const { return error_; }
  [[nodiscard]] std::vector<ParsedField> take_fields() { return std::move(fields_); }

 private:
  struct Level {
    std::set<std::string> keys;
    bool has_items = false;
  };

  bool add_scalar(const std::string& literal) {
    if (levels_.empty()) return false;
    if (levels_.size() == 1) {
      fields_.push_back({key_, literal, ValueKind::kRaw});
      return true;
    }
    begin_item();
    raw_ += literal;
    return true;
  }

  // Writes the comma before an element or a key; a value after its key needs none.
  void begin_item() {
    if (!is_after_key_ && levels_.back().has_items) raw_ += ',';
    levels_.back().has_items = true;
    is_after_key_ = false;
  }

  bool open(char bracket) {
    if (levels_.size() > 1) begin_item();
    if (!levels_.empty()) raw_ += bracket;
    levels_.emplace_back();
    return true;
  }

  bool close(char bracket) {
    levels_.pop_back();
    if (levels_.empty()) return true;
    raw_ += bracket;
    if (levels_.size() == 1) fields_.push_back({key_, std::exchange(raw_, {}), ValueKind::kRaw});
    return true;
  }

  Error error_ = {Errc::kInvalidJson, {}};
  std::vector<Level> levels_;  // the first is the object itself
  std::vector<ParsedField> fields_;
  std::string key_;  // of the field that is being read
  std::string raw_;  // the compact text of the array or object that is being read
  bool is_after_key_ = false;
};

}  // namespace

Result<std::vector<ParsedField>> parse_json_fields(std::string_view text) {
  FieldReader reader;
  if (!Json::sax_parse(text, &reader)) return reader.error();
  return reader.take_fields();
}

std::vector<Field> as_fields(const std::vector<ParsedField>& parsed) {
  std::vector<Field> fields;
  fields.reserve(parsed.size());
  for (const ParsedField& field : parsed) fields.push_back({field.key, field.value, field.kind});
  return fields;
}

}  // namespace refedge::cli
