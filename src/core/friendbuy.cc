#include "refedge/friendbuy.h"

#include <array>
#include <cstddef>
#include <string_view>

#include "core/decimal.h"
#include "core/json_members.h"
#include "core/known_fields.h"
#include "refedge/limits.h"

namespace refedge {
namespace {

Errc check_quantity(const Field& field) {
  const auto quantity = parse_decimal(field.value, INT64_MAX);
  if (!quantity || *quantity == 0) return Errc::kInvalidField;
  return *quantity > kMaxQuantity ? Errc::kTooLong : Errc::kOk;
}

// Tables are in the order in which a payload is written, with the members of an object together.
constexpr std::array<KnownField, 6> kCustomerFields = {{
    {"id", kMaxCustomerIdLength, check_id, Presence::kRequired},
    {"first_name", kMaxNameLength, check_line},
    {"last_name", kMaxNameLength, check_line},
    {"email", kMaxEmailLength, check_email},
    {"stripe_customer_id", kMaxCustomerIdLength, check_id},
    {"chargebee_customer_id", kMaxCustomerIdLength, check_id},
}};

constexpr std::array<KnownField, 12> kPurchaseFields = {{
    {"referral_code", kMaxShareCodeLength, check_share_code},
    {"coupon_code", kMaxVoucherCodeLength, check_line},
    {"order.id", kMaxOrderNumberLength, check_id, Presence::kRequired},
    {"order.amount", kMaxValueLength, check_money},
    {"order.email", kMaxEmailLength, check_email},
    {"order.new_customer", kMaxValueLength, check_boolean, Presence::kOptional, ValueKind::kRaw},
    {"customer.id", kMaxCustomerIdLength, check_id},
    {"customer.first_name", kMaxNameLength, check_line},
    {"customer.last_name", kMaxNameLength, check_line},
    {"customer.email", kMaxEmailLength, check_email},
    {"customer.stripe_customer_id", kMaxCustomerIdLength, check_id},
    {"customer.chargebee_customer_id", kMaxCustomerIdLength, check_id},
}};

constexpr std::size_t kReferralCode = 0;
constexpr std::size_t kCouponCode = 1;

constexpr std::array<KnownField, 3> kProductFields = {{
    {"sku", kMaxSkuLength, check_id},
    {"quantity", kMaxValueLength, check_quantity, Presence::kOptional, ValueKind::kRaw},
    {"price", kMaxValueLength, check_money},
}};

constexpr FieldTable kCustomerTable = {kCustomerFields, {}};
constexpr FieldTable kPurchaseTable = {kPurchaseFields, {"products", kMaxProducts, kProductFields}};

void append_value(std::string& out, std::string_view key, const KnownField& known, const Field* field) {
  if (field == nullptr) return;
  if (known.written == ValueKind::kRaw) return append_raw(out, key, field->value);
  append_text(out, key, field->value);
}

// Where the member begins in a key such as "order.id"; 0 for a key without an object.
std::size_t member_start(std::string_view key) noexcept { return key.find('.') + 1; }

// Writes the fixed fields, those of one object nested in it.
void append_fixed(std::string& out, const PlacedFields& placed, const FieldTable& table) {
  std::string_view open;  // "order." while that object is open
  for (std::size_t i = 0; i < table.fixed.size(); ++i) {
    if (placed.fixed(i) == nullptr) continue;
    const std::string_view key = table.fixed[i].key;
    const std::string_view object = key.substr(0, member_start(key));
    if (object != open) {
      if (!open.empty()) out += '}';
      append_raw(out, object.substr(0, object.size() - 1), "{");
      open = object;
    }
    append_value(out, key.substr(object.size()), table.fixed[i], placed.fixed(i));
  }
  if (!open.empty()) out += '}';
}

void append_products(std::string& out, const PlacedFields& placed) {
  if (placed.num_items() == 0) return;
  append_raw(out, kPurchaseTable.list.key, "[");
  for (std::size_t item = 0; item < placed.num_items(); ++item) {
    append_comma(out);
    out += '{';
    for (std::size_t i = 0; i < kProductFields.size(); ++i) {
      append_value(out, kProductFields[i].key, kProductFields[i], placed.member(item, i));
    }
    out += '}';
  }
  out += ']';
}

Result<std::string> build(std::span<const Field> fields, const FieldTable& table, PurchaseSource source) {
  const auto placed = place_fields(fields, table);
  if (!placed) return placed.error();
  if (source == PurchaseSource::kApi && placed->fixed(kReferralCode) == nullptr &&
      placed->fixed(kCouponCode) == nullptr) {
    return Error{Errc::kMissingField, std::string(kPurchaseFields[kReferralCode].key)};
  }
  std::string out = "{";
  append_fixed(out, *placed, table);
  append_products(out, *placed);
  out += '}';
  return out;
}

}  // namespace

Result<std::string> build_friendbuy_customer(std::span<const Field> fields) {
  return build(fields, kCustomerTable, PurchaseSource::kEvent);
}

Result<std::string> build_friendbuy_purchase(std::span<const Field> fields, PurchaseSource source) {
  return build(fields, kPurchaseTable, source);
}

}  // namespace refedge
