#include "refedge/friendbuy.h"

#include <array>
#include <cstddef>
#include <string_view>

#include "core/decimal.h"
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

Result<std::string> build(std::span<const Field> fields, const FieldTable& table, PurchaseSource source) {
  const auto placed = place_fields(fields, table);
  if (!placed) return placed.error();
  if (source == PurchaseSource::kApi && placed->fixed(kReferralCode) == nullptr &&
      placed->fixed(kCouponCode) == nullptr) {
    return {Errc::kMissingField, kPurchaseFields[kReferralCode].key};
  }
  return placed->to_json();
}

}  // namespace

Result<std::string> build_friendbuy_customer(std::span<const Field> fields) {
  return build(fields, kCustomerTable, PurchaseSource::kEvent);
}

Result<std::string> build_friendbuy_purchase(std::span<const Field> fields, PurchaseSource source) {
  return build(fields, kPurchaseTable, source);
}

}  // namespace refedge
