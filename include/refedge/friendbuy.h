// Customers and purchases in the terms of Friendbuy v1. Spec: docs/protocol.md#friendbuy-payloads.
#pragma once

#include <span>
#include <string>

#include "refedge/json_writer.h"
#include "refedge/result.h"

namespace refedge {

// build_friendbuy_customer writes the payload of `friendbuy.push(['track','customer',{...}])`: one canonical
// object of id, first_name, last_name, email, stripe_customer_id, chargebee_customer_id, without those that
// are absent. `id` is required. Values are text; ids may be JSON numbers and are written as text.
// Errors (field named): kMissingField, kInvalidField, kTooLong, kInvalidUtf8, kDuplicateField, kUnknownField.
[[nodiscard]] Result<std::string> build_friendbuy_customer(std::span<const Field> fields);

enum class PurchaseSource : unsigned char {
  kEvent,  // `track` `order` in a page: the visitor's cookie tells the referrer
  kApi,    // POST /purchases: referral_code or coupon_code must tell it
};

// build_friendbuy_purchase writes a purchase as one canonical object in the shape and order of
// POST /purchases. The keys are those of its manual: referral_code, coupon_code, order.id, order.amount,
// order.email, order.new_customer, customer.<member of a customer>, products[n].sku, products[n].quantity,
// products[n].price; n counts from 0 without a gap, at most kMaxProducts. `order.id` is required.
// Amounts are decimals as parse_money reads them and are written as text, digit for digit, so that no host
// on their way makes them floating-point numbers. Quantities are whole numbers from 1 to kMaxQuantity.
// Example: {{"order.id","777B221-X"},{"order.amount","177.11",kRaw}}, kEvent
//   -> {"order":{"id":"777B221-X","amount":"177.11"}}
// Errors (field named): those of build_friendbuy_customer; kTooMany (field "products"); kMissingField (field
// "referral_code") for kApi without a code and (field "products[1]") for a gap.
[[nodiscard]] Result<std::string> build_friendbuy_purchase(std::span<const Field> fields, PurchaseSource source);

}  // namespace refedge
