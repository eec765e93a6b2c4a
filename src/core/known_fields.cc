#include "core/known_fields.h"

#include <string>

#include "core/ascii.h"
#include "core/decimal.h"
#include "refedge/limits.h"
#include "refedge/share_code.h"
#include "refedge/track.h"
#include "refedge/utf8.h"

namespace refedge {
namespace {

Errc ok_if(bool holds) noexcept { return holds ? Errc::kOk : Errc::kInvalidField; }
bool is_text(const Field& field) noexcept { return field.kind == ValueKind::kString; }

bool is_blank_value(const Field& field) noexcept {
  return field.value.empty() || (field.kind == ValueKind::kRaw && field.value == "null");
}

std::size_t find_known(std::span<const KnownField> known, std::string_view key) noexcept {
  std::size_t i = 0;
  while (i < known.size() && known[i].key != key) ++i;
  return i;
}

// `<list>[<index>].<member>`, taken apart; an empty member stands for any other key.
struct ItemKey {
  std::size_t index = 0;
  std::string_view member;
};

ItemKey parse_item_key(std::string_view key, std::string_view list) noexcept {
  if (list.empty() || !key.starts_with(list)) return {};
  key.remove_prefix(list.size());
  const std::size_t end = key.find("].");
  if (!key.starts_with('[') || end == std::string_view::npos) return {};
  const auto index = parse_decimal(key.substr(1, end - 1), INT64_MAX);
  if (!index) return {};
  return {static_cast<std::size_t>(*index), key.substr(end + 2)};
}

// `<list>[<index>]`, and `.<member>` where there is one.
std::string item_key(const KnownList& list, std::size_t item, std::string_view member) {
  std::string key(list.key);
  key += '[';
  append_decimal(key, static_cast<std::int64_t>(item));
  key += ']';
  if (!member.empty()) key += '.';
  key += member;
  return key;
}

Error named(Errc code, std::string_view key) {
  const bool is_sound = key.size() <= kMaxKeyLength && is_valid_utf8(key);
  return {code, std::string(is_sound ? key : "key")};
}

Result<std::size_t> find_slot(std::string_view key, const FieldTable& table) {
  const std::size_t fixed = find_known(table.fixed, key);
  if (fixed < table.fixed.size()) return fixed;
  const ItemKey item = parse_item_key(key, table.list.key);
  const std::size_t member = find_known(table.list.members, item.member);
  if (member == table.list.members.size()) return named(Errc::kUnknownField, key);
  if (item.index >= table.list.max_items) return Error{Errc::kTooMany, std::string(table.list.key)};
  return table.fixed.size() + item.index * table.list.members.size() + member;
}

const KnownField& known_at(std::size_t slot, const FieldTable& table) noexcept {
  if (slot < table.fixed.size()) return table.fixed[slot];
  return table.list.members[(slot - table.fixed.size()) % table.list.members.size()];
}

Errc check_value(const Field& field, const KnownField& known) {
  if (is_blank_value(field)) return Errc::kOk;
  if (field.value.size() > known.max_length) return Errc::kTooLong;
  return is_valid_utf8(field.value) ? known.check(field) : Errc::kInvalidUtf8;
}

// How many slots there are once the item that `slot` belongs to is there as a whole.
std::size_t num_slots_for(std::size_t slot, const FieldTable& table) noexcept {
  if (slot < table.fixed.size()) return table.fixed.size();
  const std::size_t num_members = table.list.members.size();
  return table.fixed.size() + ((slot - table.fixed.size()) / num_members + 1) * num_members;
}

bool is_absent(const KnownField& known, const Field* field) noexcept {
  return known.presence == Presence::kRequired && field == nullptr;
}

Error missing(std::string key) { return {Errc::kMissingField, std::move(key)}; }

// kOk when all that an item needs is there. An item that no field names is missing as a whole.
Error check_item(const PlacedFields& placed, std::size_t item, const KnownList& list) {
  if (!placed.is_item_given(item)) return missing(item_key(list, item, {}));
  for (std::size_t i = 0; i < list.members.size(); ++i) {
    const KnownField& member = list.members[i];
    if (is_absent(member, placed.member(item, i))) return missing(item_key(list, item, member.key));
  }
  return {};
}

Error check_presence(const PlacedFields& placed, const FieldTable& table) {
  for (std::size_t i = 0; i < table.fixed.size(); ++i) {
    if (is_absent(table.fixed[i], placed.fixed(i))) return missing(std::string(table.fixed[i].key));
  }
  for (std::size_t item = 0; item < placed.num_items(); ++item) {
    Error wrong = check_item(placed, item, table.list);
    if (wrong.code != Errc::kOk) return wrong;
  }
  return {};
}

}  // namespace

const Field* PlacedFields::filled(std::size_t slot) const noexcept {
  const Field* field = slots_[slot];
  return field == nullptr || is_blank_value(*field) ? nullptr : field;
}

bool PlacedFields::is_item_given(std::size_t item) const noexcept {
  const std::size_t begin = num_fixed_ + item * num_members_;
  for (std::size_t i = begin; i < begin + num_members_; ++i) {
    if (slots_[i] != nullptr) return true;
  }
  return false;
}

Result<PlacedFields> place_fields(std::span<const Field> fields, const FieldTable& table) {
  std::vector<const Field*> slots(table.fixed.size(), nullptr);
  for (const Field& field : fields) {
    const auto slot = find_slot(field.key, table);
    if (!slot) return slot.error();
    if (*slot >= slots.size()) slots.resize(num_slots_for(*slot, table), nullptr);
    if (slots[*slot] != nullptr) return Error{Errc::kDuplicateField, std::string(field.key)};
    const Errc wrong = check_value(field, known_at(*slot, table));
    if (wrong != Errc::kOk) return Error{wrong, std::string(field.key)};
    slots[*slot] = &field;
  }
  PlacedFields placed(std::move(slots), table);
  Error wrong = check_presence(placed, table);
  if (wrong.code != Errc::kOk) return wrong;
  return placed;
}

Errc check_line(const Field& field) {
  return ok_if(is_text(field) && all_of(field.value, [](char c) { return !is_control(c); }));
}

Errc check_email(const Field& field) { return ok_if(is_text(field) && is_email(field.value)); }

Errc check_boolean(const Field& field) { return ok_if(field.value == "true" || field.value == "false"); }

Errc check_money(const Field& field) {
  const auto money = parse_money(field.value);
  return money ? Errc::kOk : money.error().code;
}

Errc check_id(const Field& field) { return is_text(field) ? check_line(field) : ok_if(all_of(field.value, is_digit)); }

Errc check_share_code(const Field& field) { return ok_if(is_text(field) && is_share_code(field.value)); }

}  // namespace refedge
