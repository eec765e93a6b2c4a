// Reconciliation: a referral is confirmed, failed, passed by hand or restored.
// Spec: docs/protocol.md#confirmations.
#pragma once

#include <cstdint>
#include <string_view>

#include "origin/store/store.h"
#include "refedge/result.h"

namespace refedge::origin {

struct Confirmation {
  std::string_view order_number;
  std::string_view status;           // confirmed, failed, manual-pass or restore
  std::string_view reward_category;  // empty: the order's own stays
  std::int64_t now = 0;
};

// apply_confirmation moves a referral in one transaction and returns the status that it has then. A
// referral that has the status already is left as it is.
// Errors: kNotFound (field "order_number") for an unknown order or one without a referral; kInvalidField
// (field "status") for an unknown status or one that does not follow from the referral's.
[[nodiscard]] Result<ReferralStatus> apply_confirmation(Store& store, const Market& market,
                                                        const Confirmation& confirmation);

enum class Notify { kWebhook, kNobody };

// confirm_referral sets a referral to confirmed, publishes its referrer's links with the new count and
// writes the webhook into the outbox; all in the caller's transaction.
void confirm_referral(Store& store, const Market& market, const Referral& referral, Notify notify,
                      std::int64_t now);

// referral_status_name gives the name used in JSON and reports ("pending").
[[nodiscard]] std::string_view referral_status_name(ReferralStatus status);

}  // namespace refedge::origin
