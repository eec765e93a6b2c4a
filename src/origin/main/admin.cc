#include "origin/main/admin.h"

#include <algorithm>
#include <array>
#include <optional>

#include "origin/domain/market_access.h"
#include "origin/domain/random.h"
#include "origin/domain/site.h"
#include "origin/domain/web_address.h"
#include "origin/store/sqlite/sqlite_store.h"
#include "refedge/base64.h"
#include "refedge/destination.h"
#include "refedge/hex.h"
#include "refedge/json_writer.h"
#include "refedge/limits.h"
#include "refedge/preview.h"
#include "refedge/utf8.h"

namespace refedge::origin {
namespace {

constexpr std::size_t kMaxDomainLength = 253 + 6;
constexpr std::int64_t kMaxWindowDays = 3650;

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_slug(std::string_view text) {
  return !text.empty() && text.size() <= kMaxSlugLength && std::all_of(text.begin(), text.end(), [](char c) {
    return is_lower_or_digit(c) || c == '-' || c == '_';
  });
}

bool is_domain(std::string_view text) {
  const auto is_host_character = [](char c) {
    return is_lower_or_digit(c) || std::string_view("-.:[]").find(c) != std::string_view::npos;
  };
  return !host_of(text).empty() && text.size() <= kMaxDomainLength &&
         std::all_of(text.begin(), text.end(), is_host_character) &&
         is_web_address("https://" + std::string(text) + "/");
}

bool is_currency(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_locale(std::string_view text) {
  return !text.empty() && text.size() <= kMaxLocaleLength &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") ==
             std::string_view::npos;
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNameLength && is_valid_utf8(text) &&
         std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

bool is_of_this_machine(std::string_view domain) {
  const std::string host = host_of(domain);
  return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host == "[::1]";
}

// Secrets travel over a market's links: plain http stays on this machine.
bool is_scheme(const NewMarket& request) {
  if (request.scheme == "https") return true;
  return request.scheme == "http" && is_of_this_machine(request.domain);
}

bool is_optional_address(const std::string& text) { return text.empty() || is_web_address(text); }

// A preview is what makes a page; the link is any.
const char* field_at_fault(const LinkPages& pages, const std::string& locale) {
  if (!pages.fallback_url.empty() && !is_location(pages.fallback_url)) return "fallback-url";
  if (pages.preview_title.empty() && pages.preview_description.empty() && pages.preview_image_url.empty()) return nullptr;
  const auto page = build_preview_page({.url = "https://link.example/",
                                        .title = pages.preview_title,
                                        .description = pages.preview_description,
                                        .image_url = pages.preview_image_url,
                                        .site_name = {},
                                        .locale = locale});
  if (page) return nullptr;
  if (page.error().field == "description") return "preview-description";
  return page.error().field == "image_url" ? "preview-image-url" : "preview-title";
}

// The first option that does not hold.
struct Check {
  const char* option;
  bool holds;
};

template <std::size_t kSize>
std::optional<Error> first_wrong(const std::array<Check, kSize>& checks) {
  for (const Check& check : checks) {
    if (!check.holds) return Error{Errc::kInvalidField, check.option};
  }
  return std::nullopt;
}

// A field that is asked for needs a name.
bool is_custom_field(const CustomField& field) {
  return field.label.empty() ? !field.is_required : is_name(field.label);
}

std::optional<ClickRule> find_rule(std::string_view name) {
  if (name == "last_click") return ClickRule::kLastClick;
  if (name == "first_click") return ClickRule::kFirstClick;
  return std::nullopt;
}

Market make_market(const NewMarket& request) {
  return {.market_id = make_uuid(),
          .slug = request.slug,
          .scheme = request.scheme,
          .domain = request.domain,
          .currency = request.currency,
          .locale = request.locale,
          .auth_token = SecretText(make_uuid()),
          .secret_key = SecretText(hex_encode(random_bytes(16))),
          .requires_signed_track = request.requires_signed_track,
          .webhook_url = request.webhook_url};
}

std::vector<CookieKeyRecord> make_ring(const Market& market) {
  std::vector<CookieKeyRecord> ring;
  ring.push_back({market.market_id, 'a', SecretText(random_bytes(kMinCookieKeyLength))});
  return ring;
}

}  // namespace

std::unique_ptr<Store> open_store(const std::string& path) { return open_sqlite_store(path); }

Result<Market> create_market(Store& store, const NewMarket& request) {
  const std::array<Check, 6> checks = {{{"slug", is_slug(request.slug)},
                                        {"domain", is_domain(request.domain)},
                                        {"scheme", is_scheme(request)},
                                        {"currency", is_currency(request.currency)},
                                        {"locale", is_locale(request.locale)},
                                        {"webhook-url", is_optional_address(request.webhook_url)}}};
  if (const auto wrong = first_wrong(checks)) return *wrong;
  Market market = make_market(request);
  Transaction transaction(store);
  if (store.markets().find_by_domain(market.domain)) return Error{Errc::kDuplicateField, "domain"};
  if (!store.markets().add(market, make_ring(market))) return Error{Errc::kDuplicateField, "slug"};
  transaction.commit();
  return market;
}

Result<Campaign> create_campaign(Store& store, const NewCampaign& request) {
  const auto rule = find_rule(request.rule);
  const bool is_window = request.window_days >= 1 && request.window_days <= kMaxWindowDays;
  const std::array<Check, 7> checks = {{{"slug", is_slug(request.slug)},
                                        {"name", is_name(request.name)},
                                        {"destination", is_web_address(request.destination)},
                                        {"page-url", is_optional_address(request.page_url)},
                                        {"window-days", is_window},
                                        {"rule", rule.has_value()},
                                        {"custom-field-label", is_custom_field(request.custom_field)}}};
  if (const auto wrong = first_wrong(checks)) return *wrong;
  const auto market = find_market(store, request.market);
  if (!market) return Error{Errc::kNotFound, "market"};
  if (const char* field = field_at_fault(request.pages, market->locale)) return Error{Errc::kInvalidField, field};
  Campaign campaign{.market_id = market->market_id,
                    .slug = request.slug,
                    .name = request.name,
                    .destination = request.destination,
                    .page_url = request.page_url,
                    .click_rule = *rule,
                    .window_seconds = request.window_days * 86400,
                    .has_reconciliation = request.has_reconciliation,
                    .pages = request.pages,
                    .custom_field = request.custom_field};
  if (!store.campaigns().add(campaign)) return Error{Errc::kDuplicateField, "slug"};
  return campaign;
}

Error set_link_blocked(Store& store, std::string_view code, bool is_blocked) {
  Transaction transaction(store);
  if (!store.links().set_blocked(code, is_blocked)) return {Errc::kNotFound, "code"};
  transaction.commit();
  return {};
}

std::string market_json(const Market& market) {
  const std::array<Field, 4> fields = {{{"market_id", market.market_id},
                                        {"slug", market.slug},
                                        {"auth_token", market.auth_token.view()},
                                        {"secret_key", market.secret_key.view()}}};
  const auto json = write_json_object(fields);
  return json ? *json : std::string{};
}

std::string cookie_keys_file(Store& store) {
  std::string file = "# <market id> <key id> <key in Base64>; the first key of a market signs\n";
  for (const CookieKeyRecord& key : store.markets().all_cookie_keys()) {
    file += key.market_id + " " + key.id + " " + base64_encode(key.key.view()) + "\n";
  }
  return file;
}

}  // namespace refedge::origin
