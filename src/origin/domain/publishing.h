// Publishing share links: what stands in the link table for a code. Spec: docs/protocol.md#ref and #bp_e.
#pragma once

#include <string>
#include <string_view>

#include "origin/store/store.h"
#include "refedge/result.h"

namespace refedge::origin {

// link_location returns the campaign's destination with `ref` = `code` and `bp_e` = the referrer's
// metadata, encrypted under the market's token.
// Errors: those of build_metadata, encrypt_metadata and append_query_param.
[[nodiscard]] Result<std::string> link_location(const Market& market, const Campaign& campaign,
                                                const Referrer& referrer, std::string_view code,
                                                std::int64_t referral_count);

// publish_new_link makes a code and a link of a referrer, in the caller's transaction. One that `is_unproven`
// carries what `referrer` says here for good, whatever the store says of the referrer with that id.
// Errors: those of link_location.
[[nodiscard]] Result<Link> publish_new_link(Store& store, const Market& market, const Campaign& campaign,
                                            const Referrer& referrer, bool is_unproven = false);

// republish_links writes the referrer's links (but the unproven ones) again, after the number of confirmed
// referrals changed; in the caller's transaction. A link whose new location is refused keeps its old one.
void republish_links(Store& store, const Market& market, const Campaign& campaign, const Referrer& referrer,
                     std::int64_t referral_count);

// share_url returns `<market url>/r/<code>`.
[[nodiscard]] std::string share_url(const Market& market, std::string_view code);

// dashboard_url returns the campaign's page with an automatic sign-up as `bp_e`, so that the link brings
// its owner back to their own share link; without a page, the widget's own address, which knows nobody.
[[nodiscard]] std::string dashboard_url(const Market& market, const Campaign& campaign,
                                        const Referrer& referrer);

}  // namespace refedge::origin
