#include "core/known_fields.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/decimal.h"
#include "core/json_members.h"
#include "refedge/limits.h"
#include "refedge/share_code.h"
#include "refedge/track.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

Errc ok_if(bool holds) noexcept { return holds ? Errc::kOk : Errc::kInvalidField; }
bool is_text(const Field& field) noexcept { return field.kind == ValueKind::kString; }

// `<list>[<index>].<member>`, taken apart; an empty member stands for any other key.
struct ItemKey {
  std::size_t index = 0;
  std::string_view member;
};

ItemKey parse_item_key(std::string_view key, std::string_view list) noexcept {
  if (!key.starts_with(list)) return {};
  key.remove_prefix(list.size());
  const std::size_t end = key.find("].");
  if (end == std::string_view::npos || key.front() != '[') return {};
  const auto index = parse_decimal(key.substr(1, end - 1), INT64_MAX);
  // Far more than any list has: a number of 64 bits must not become a small one where an index has 32.
  return index ? ItemKey{static_cast<std::size_t>(std::min<std::int64_t>(*index, UINT16_MAX)),
                         key.substr(end + 2)}
               : ItemKey{};
}

Errc check_value(const Field& field, const KnownField& known) {
  if (is_blank_value(field)) return Errc::kOk;
  if (field.value.size() > known.max_length) return Errc::kTooLong;
  return is_valid_utf8(field.value) ? known.check(field) : Errc::kInvalidUtf8;
}

void append_name(std::string& out, std::string_view key) {
  append_comma(out);
  append_json_string(out, key);
  out += ':';
}

void append_value(std::string& out, std::string_view key, const KnownField& known, std::string_view value) {
  append_name(out, key);
  if (known.written == ValueKind::kString) return append_json_string(out, value);
  out += value;
}

}  // namespace

bool is_blank_value(const Field& field) noexcept {
  return field.value.empty() || (field.kind == ValueKind::kRaw && field.value == "null");
}

std::size_t find_known(std::span<const KnownField> known, std::string_view key) noexcept {
  const char first = key.empty() ? '\0' : key.front();  // tells most keys apart at once
  std::size_t i = 0;
  while (i < known.size() && (known[i].key[0] != first || known[i].key != key)) ++i;
  return i;
}

const Field* PlacedFields::filled(std::size_t slot) const noexcept {
  const Field* field = slots_[slot];
  return field == nullptr || is_blank_value(*field) ? nullptr : field;
}

std::string_view PlacedFields::value_at(std::size_t slot) const noexcept {
  const Field* field = filled(slot);
  return field == nullptr ? std::string_view{} : field->value;
}

bool PlacedFields::is_item_given(std::size_t item) const noexcept {
  for (std::size_t slot = slot_of(item, 0); slot < slot_of(item + 1, 0); ++slot) {
    if (slots_[slot] != nullptr) return true;
  }
  return false;
}

Errc PlacedFields::put(const Field& field, const KnownField& known, std::size_t slot) {
  if (slots_[slot] != nullptr) return Errc::kDuplicateField;
  slots_[slot] = &field;
  return check_value(field, known);
}

Errc PlacedFields::place(const Field& field, std::string_view& name) {
  const std::size_t fixed = find_known(table_->fixed, field.key);
  if (fixed < table_->fixed.size()) return put(field, table_->fixed[fixed], fixed);
  const KnownList& list = table_->list;
  const ItemKey item = parse_item_key(field.key, list.key);
  const std::size_t member = find_known(list.members, item.member);
  if (member == list.members.size()) {
    if (field.key.size() > kMaxKeyLength || !is_valid_utf8(field.key)) name = "key";
    return Errc::kUnknownField;
  }
  if (item.index >= list.max_items) {
    name = list.key;
    return Errc::kTooMany;
  }
  num_items_ = std::max(num_items_, item.index + 1);
  return put(field, list.members[member], slot_of(item.index, member));
}

const char* PlacedFields::find_missing(std::span<const KnownField> known, std::size_t slot) const noexcept {
  for (const KnownField& field : known) {
    if (field.presence == Presence::kRequired && filled(slot) == nullptr) return field.key;
    ++slot;
  }
  return nullptr;
}

Fault PlacedFields::check_presence() const noexcept {
  if (const char* key = find_missing(table_->fixed, 0)) return {Errc::kMissingField, key};
  const KnownList& list = table_->list;
  for (std::size_t item = 0; item < num_items_; ++item) {
    if (!is_item_given(item)) return {Errc::kMissingField, list.key, item};
    const char* key = find_missing(list.members, slot_of(item, 0));
    if (key != nullptr) return {Errc::kMissingField, list.key, item, key};
  }
  return {};
}

void PlacedFields::append_fixed(std::string& out) const {
  std::string_view open;  // "order." while that object is open
  for (std::size_t i = 0; i < table_->fixed.size(); ++i) {
    if (fixed(i) == nullptr) continue;
    const std::string_view key(table_->fixed[i].key);
    const std::string_view object = key.substr(0, key.find('.') + 1);
    if (object != open) {
      if (!open.empty()) out += '}';
      if (!object.empty()) append_name(out, object.substr(0, object.size() - 1));
      if (!object.empty()) out += '{';
      open = object;
    }
    append_value(out, key.substr(object.size()), table_->fixed[i], fixed_value(i));
  }
  if (!open.empty()) out += '}';
}

void PlacedFields::append_item(std::string& out, std::size_t item) const {
  append_comma(out);
  out += '{';
  for (std::size_t i = 0; i < table_->list.members.size(); ++i) {
    const KnownField& known = table_->list.members[i];
    if (member(item, i) != nullptr) append_value(out, known.key, known, member_value(item, i));
  }
  out += '}';
}

std::string PlacedFields::to_json() const {
  std::string out = "{";
  append_fixed(out);
  if (num_items_ != 0) {
    append_name(out, table_->list.key);
    out += '[';
    for (std::size_t item = 0; item < num_items_; ++item) append_item(out, item);
    out += ']';
  }
  out += '}';
  return out;
}

Fault PlacedFields::place_all(std::span<const Field> fields) {
  for (const Field& field : fields) {
    std::string_view name = field.key;
    const Errc wrong = place(field, name);
    if (wrong != Errc::kOk) return {wrong, name};
  }
  return check_presence();
}

Result<PlacedFields> place_fields(std::span<const Field> fields, const FieldTable& table) {
  PlacedFields placed(table);
  const Fault fault = placed.place_all(fields);
  if (fault.code != Errc::kOk) return to_error(fault);
  return placed;
}

Errc check_line(const Field& field) {
  return ok_if(is_text(field) && all_of(field.value, [](char c) { return !is_control(c); }));
}

Errc check_email(const Field& field) { return ok_if(is_text(field) && is_email(field.value)); }

Errc check_boolean(const Field& field) { return ok_if(field.value == "true" || field.value == "false"); }

Errc check_id(const Field& field) {
  return is_text(field) ? check_line(field) : ok_if(all_of(field.value, is_digit));
}

Errc check_share_code(const Field& field) { return ok_if(is_text(field) && is_share_code(field.value)); }

}  // namespace refedge
