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
    {"id", check_id, kMaxCustomerIdLength, Presence::kRequired},
    {"first_name", check_line, kMaxNameLength},
    {"last_name", check_line, kMaxNameLength},
    {"email", check_email, kMaxEmailLength},
    {"stripe_customer_id", check_id, kMaxCustomerIdLength},
    {"chargebee_customer_id", check_id, kMaxCustomerIdLength},
}};

constexpr std::array<KnownField, 12> kPurchaseFields = {{
    {"referral_code", check_share_code, kMaxShareCodeLength},
    {"coupon_code", check_line, kMaxVoucherCodeLength},
    {"order.id", check_id, kMaxOrderNumberLength, Presence::kRequired},
    {"order.amount", check_money, kMaxValueLength},
    {"order.email", check_email, kMaxEmailLength},
    {"order.new_customer", check_boolean, kMaxValueLength, Presence::kOptional, ValueKind::kRaw},
    {"customer.id", check_id, kMaxCustomerIdLength},
    {"customer.first_name", check_line, kMaxNameLength},
    {"customer.last_name", check_line, kMaxNameLength},
    {"customer.email", check_email, kMaxEmailLength},
    {"customer.stripe_customer_id", check_id, kMaxCustomerIdLength},
    {"customer.chargebee_customer_id", check_id, kMaxCustomerIdLength},
}};

constexpr std::size_t kReferralCode = 0;
constexpr std::size_t kCouponCode = 1;

constexpr std::array<KnownField, 3> kProductFields = {{
    {"sku", check_id, kMaxSkuLength},
    {"quantity", check_quantity, kMaxValueLength, Presence::kOptional, ValueKind::kRaw},
    {"price", check_money, kMaxValueLength},
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
