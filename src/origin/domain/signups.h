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
  std::int64_t now = 0;
};

struct SignedUp {
  bool is_new = false;
  std::string share_url;
  std::string dashboard_url;
};

// sign_up stores a new referrer and their link in one transaction, or finds the one whose e-mail, trimmed
// and in lower case, is known in the campaign; what is known is not changed.
// Errors: those of link_location (field "client_data" when the link would be too long).
[[nodiscard]] Result<SignedUp> sign_up(Store& store, const Market& market, const Campaign& campaign,
                                       const SignUp& request);

}  // namespace refedge::origin
