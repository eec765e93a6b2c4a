#include "origin/store/sqlite/tables.h"

namespace refedge::origin {
namespace {

constexpr const char* kInsert =
    "INSERT INTO campaigns (market_id, slug, name, destination, page_url, click_rule, window_seconds,"
    " has_reconciliation, fallback_url, preview_title, preview_description, preview_image_url,"
    " custom_field_label, custom_field_required)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT DO NOTHING";
constexpr const char* kFind =
    "SELECT market_id, slug, name, destination, page_url, click_rule, window_seconds, has_reconciliation,"
    " fallback_url, preview_title, preview_description, preview_image_url, custom_field_label,"
    " custom_field_required FROM campaigns WHERE market_id = ?1 AND slug = ?2";

}  // namespace

bool SqliteCampaigns::add(const Campaign& campaign) {
  return database_.run(kInsert, campaign.market_id, campaign.slug, campaign.name, campaign.destination,
                       campaign.page_url, static_cast<std::int64_t>(campaign.click_rule),
                       campaign.window_seconds, campaign.has_reconciliation, campaign.pages.fallback_url,
                       campaign.pages.preview_title, campaign.pages.preview_description,
                       campaign.pages.preview_image_url, campaign.custom_field.label,
                       campaign.custom_field.is_required) == 1;
}

std::optional<Campaign> SqliteCampaigns::find(std::string_view market_id, std::string_view slug) {
  Query query = database_.query(kFind, market_id, slug);
  if (!query.next()) return std::nullopt;
  return Campaign{.market_id = query.text(0),
                  .slug = query.text(1),
                  .name = query.text(2),
                  .destination = query.text(3),
                  .page_url = query.text(4),
                  .click_rule = static_cast<ClickRule>(query.number(5)),
                  .window_seconds = query.number(6),
                  .has_reconciliation = query.flag(7),
                  .pages = {query.text(8), query.text(9), query.text(10), query.text(11)},
                  .custom_field = {query.text(12), query.flag(13)}};
}

}  // namespace refedge::origin
