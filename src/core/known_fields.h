// Flat fields against a table of the known ones: which place a key names, what stands there must be, and
// what must not be absent. Private to src/core.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/fault.h"
#include "refedge/errc.h"
#include "refedge/json_writer.h"
#include "refedge/result.h"

namespace refedge {

// A check sees a value that is neither empty nor null nor too long, and says kOk or why not.
using Check = Errc (*)(const Field& field);

enum class Presence : unsigned char { kOptional, kRequired };

struct KnownField {
  const char* key;
  Check check;
  std::uint16_t max_length;
  Presence presence = Presence::kOptional;
  ValueKind written = ValueKind::kString;  // how a payload that is made of it holds it
};

// A numbered list of objects: `<key>[0].<member>`, `<key>[1].<member>`, ...
struct KnownList {
  const char* key = "";
  std::size_t max_items = 0;
  std::span<const KnownField> members;
};

struct FieldTable {
  std::span<const KnownField> fixed;
  KnownList list;
};

// is_blank_value tells whether a field is there in name alone: empty, or null.
[[nodiscard]] bool is_blank_value(const Field& field) noexcept;

// find_known gives the place of `key` among the known ones, or their number when it is none of them.
[[nodiscard]] std::size_t find_known(std::span<const KnownField> known, std::string_view key) noexcept;

// Fields by place. A field that is absent, empty or null is nullptr.
class PlacedFields {
 public:
  explicit PlacedFields(const FieldTable& table)
      : slots_(table.fixed.size() + table.list.max_items * table.list.members.size()), table_(&table) {}

  [[nodiscard]] std::size_t num_items() const noexcept { return num_items_; }
  [[nodiscard]] const Field* fixed(std::size_t i) const noexcept { return filled(i); }
  [[nodiscard]] const Field* member(std::size_t item, std::size_t i) const noexcept {
    return filled(slot_of(item, i));
  }
  // The value, or the empty text where there is none.
  [[nodiscard]] std::string_view fixed_value(std::size_t i) const noexcept { return value_at(i); }
  [[nodiscard]] std::string_view member_value(std::size_t item, std::size_t i) const noexcept {
    return value_at(slot_of(item, i));
  }

  // to_json writes what is there as canonical JSON in the table's order: `order.id` as a member of an object
  // `order`, the list as an array, which is left out without items. Members of one object stand together in
  // the table.
  [[nodiscard]] std::string to_json() const;

  // place_all puts each field where its key says, once it is found right, and then looks for what is missing.
  // The fields must outlive this.
  [[nodiscard]] Fault place_all(std::span<const Field> fields);

 private:
  [[nodiscard]] std::size_t slot_of(std::size_t item, std::size_t i) const noexcept {
    return table_->fixed.size() + item * table_->list.members.size() + i;
  }
  [[nodiscard]] const Field* filled(std::size_t slot) const noexcept;
  [[nodiscard]] std::string_view value_at(std::size_t slot) const noexcept;
  [[nodiscard]] bool is_item_given(std::size_t item) const noexcept;
  void append_fixed(std::string& out) const;
  void append_item(std::string& out, std::size_t item) const;
  // place changes `name`, the field's key, where something else is at fault.
  [[nodiscard]] Errc place(const Field& field, std::string_view& name);
  [[nodiscard]] Fault check_presence() const noexcept;
  // The key of the first required one without a value; they stand from `slot` on. nullptr: none is missing.
  [[nodiscard]] const char* find_missing(std::span<const KnownField> known, std::size_t slot) const noexcept;
  [[nodiscard]] Errc put(const Field& field, const KnownField& known, std::size_t slot);

  std::vector<const Field*> slots_;  // the fixed ones, then the members of each item
  const FieldTable* table_;
  std::size_t num_items_ = 0;
};

// place_fields puts each field where its key says and checks it. Items are numbered from 0 without a gap.
// Errors (field = the key, or "key" when it is no text or over kMaxKeyLength): kUnknownField;
// kDuplicateField; kTooMany (field = the list); kTooLong; kInvalidUtf8; what the check says; kMissingField
// for a required field, or (field `products[1]`) for a number that is left out. The table must outlive the
// result.
[[nodiscard]] Result<PlacedFields> place_fields(std::span<const Field> fields, const FieldTable& table);

// Checks that several formats share.
[[nodiscard]] Errc check_line(const Field& field);     // a string without control characters
[[nodiscard]] Errc check_email(const Field& field);    // is_email
[[nodiscard]] Errc check_boolean(const Field& field);  // true or false, as text or as JSON
[[nodiscard]] Errc check_money(const Field& field);    // parse_money, as text or as a JSON number
[[nodiscard]] Errc check_id(const Field& field);       // a line, or a JSON number of digits alone
[[nodiscard]] Errc check_share_code(const Field& field);

}  // namespace refedge
