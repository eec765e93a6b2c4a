// What an operator does from the command line: markets, campaigns, cookie keys.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "origin/store/store.h"
#include "refedge/result.h"

namespace refedge::origin {

// open_store opens the database at `path`, as store/sqlite/sqlite_store.h says. Throws StoreFailure.
[[nodiscard]] std::unique_ptr<Store> open_store(const std::string& path);

struct NewMarket {
  std::string slug;
  std::string scheme = "https";  // "http" for a domain on this machine alone
  std::string domain;            // host[:port]
  std::string currency;
  std::string locale;
  bool requires_signed_track = false;
  std::string webhook_url;
};

// create_market makes a market with a random id, token, secret key and cookie key.
// Errors: kMissingField or kInvalidField (field named as the option is); kDuplicateField (field
// "slug" or "domain") when it is taken. Throws StoreFailure.
[[nodiscard]] Result<Market> create_market(Store& store, const NewMarket& request);

struct NewCampaign {
  std::string market;  // slug or id
  std::string slug;
  std::string name;
  std::string destination;
  std::string page_url;
  std::int64_t window_days = 30;  // 1 to 3650
  std::string rule = "last_click";
  bool has_reconciliation = true;
  LinkPages pages{};
  CustomField custom_field{};
};

// create_campaign makes a campaign. Errors: kMissingField or kInvalidField (field named as the option is);
// kNotFound (field "market"); kDuplicateField (field "slug"). Throws StoreFailure.
[[nodiscard]] Result<Campaign> create_campaign(Store& store, const NewCampaign& request);

// set_link_blocked blocks a share-link code for good, or frees it. Errors: kNotFound (field "code"). Throws StoreFailure.
[[nodiscard]] Error set_link_blocked(Store& store, std::string_view code, bool is_blocked);

// market_json writes {"market_id":…,"slug":…,"auth_token":…,"secret_key":…}; the caller wipes it.
[[nodiscard]] std::string market_json(const Market& market);

// cookie_keys_file writes the keys of all markets as the edge reads them; the caller wipes it.
// Spec: docs/protocol.md#cookies.
[[nodiscard]] std::string cookie_keys_file(Store& store);

}  // namespace refedge::origin
