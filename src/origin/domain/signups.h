// Signing up: a customer becomes a referrer of a campaign and gets a share link.
#pragma once

#include <string>
#include <string_view>

#include "origin/store/store.h"
#include "refedge/result.h"

namespace refedge::origin {

// What client_data may hold at most, as compact JSON: a link's location must stay within kMaxUrlLength.
inline constexpr std::size_t kMaxClientDataLength = 2048;
inline constexpr std::size_t kMaxCustomFieldLength = 256;

// Fields are valid already: see api/sign_up_fields.h.
struct SignUp {
  std::string_view email;
  std::string_view first_name;
  std::string_view last_name;
  std::string_view custom_field;
  std::string_view client_data;  // a compact JSON object, or empty
  bool marketing_opt_in = false;
  std::string_view locale;  // empty: the market's
  bool is_proven = false;   // the market says who they are: its API, a signature, a bp_e
  std::int64_t now = 0;
};

struct SignedUp {
  bool is_new = false;
  std::string share_url;
  std::string dashboard_url;
};

// is_referrer tells whether the e-mail, trimmed and in lower case, is known in the campaign.
[[nodiscard]] bool is_referrer(Store& store, const Campaign& campaign, std::string_view email);

// sign_up stores a new referrer and their link in one transaction, or finds the one whose e-mail, trimmed
// and in lower case, is known in the campaign; what is known is not changed. Who is proven gets the link that
// they have. Anybody else may be typing somebody else's address, and must not learn whether it is known or
// whose it is: they get what a new referrer gets, a new link, which counts for the address's owner and
// carries what was typed. Errors: those of link_location (field "client_data" when the link would be too
// long).
[[nodiscard]] Result<SignedUp> sign_up(Store& store, const Market& market, const Campaign& campaign,
                                       const SignUp& request);

}  // namespace refedge::origin
