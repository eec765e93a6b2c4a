// refedge origin, refedge market, refedge campaign: the service, and what its operator sets up.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/secrets.h"
#include "origin/main/admin.h"
#include "origin/main/service.h"
#include "origin/outbound/address_policy.h"
#include "refedge/secret.h"

namespace refedge::cli {
namespace {

using origin::open_store;

int fail(const char* command, const std::string& why) {
  std::fprintf(stderr, "refedge %s: %s\n", command, why.c_str());
  return 1;
}

std::string describe(const Error& error) {
  if (error.code == Errc::kDuplicateField) return error.field + ": taken already";
  if (error.code == Errc::kNotFound) return error.field + ": there is none of this name";
  return error.field + ": " + std::string(errc_message(error.code));
}

// Prints a text that holds secrets, and wipes it.
int print_secret(std::string& text) {
  const bool is_printed = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  wipe(text);
  return is_printed && std::fflush(stdout) == 0 ? 0 : 1;
}

struct OriginArguments {
  std::string database;
  std::string listen = "127.0.0.1:8081";
  std::string edge_token_file;
  std::string strings_directory;
  std::vector<std::string> outbound_allow;
};

// An origin without an edge token serves shops and answers no edge.
Result<std::string> read_edge_token(const std::string& file) {
  auto token = read_secret("REFEDGE_EDGE_TOKEN", file);
  const bool is_absent = !token && file.empty() && token.error().code == Errc::kMissingField;
  if (!is_absent) return token;
  spdlog::warn("no edge token (REFEDGE_EDGE_TOKEN or --edge-token-file): the edge API is closed");
  return std::string{};
}

int run_origin(const OriginArguments& arguments) {
  spdlog::set_default_logger(spdlog::stderr_logger_mt("refedge"));
  const auto listen = origin::parse_endpoint(arguments.listen);
  if (!listen) return fail("origin", "--listen: not <address>:<port>");
  origin::ServiceOptions options;
  options.database_path = arguments.database;
  options.listen = *listen;
  options.strings_directory = arguments.strings_directory;
  for (const std::string& text : arguments.outbound_allow) {
    const auto allowed = origin::parse_endpoint(text);
    if (!allowed) return fail("origin", "--outbound-allow: not <address>:<port>");
    options.outbound_allow.push_back(*allowed);
  }
  auto token = read_edge_token(arguments.edge_token_file);
  if (!token) return fail("origin", "the edge token: " + describe(token.error()));
  options.edge_token = origin::SecretText(std::move(*token));
  wipe(*token);
  origin::Service service(std::move(options));
  service.run(origin::Service::Signals::kHandle);
  return 0;
}

int create_market(const std::string& database, const origin::NewMarket& request) {
  const auto store = open_store(database);
  const auto market = origin::create_market(*store, request);
  if (!market) return fail("market create", describe(market.error()));
  std::string json = origin::market_json(*market) + "\n";
  return print_secret(json);
}

int print_keys(const std::string& database) {
  const auto store = open_store(database);
  std::string keys = origin::cookie_keys_file(*store);
  return print_secret(keys);
}

int create_campaign(const std::string& database, const origin::NewCampaign& request) {
  const auto store = open_store(database);
  const auto campaign = origin::create_campaign(*store, request);
  if (!campaign) return fail("campaign create", describe(campaign.error()));
  std::printf("{\"market_id\":\"%s\",\"slug\":\"%s\"}\n", campaign->market_id.c_str(),
              campaign->slug.c_str());
  return 0;
}

int block_link(const std::string& database, const std::string& code, bool is_blocked) {
  const auto store = open_store(database);
  const Error wrong = origin::set_link_blocked(*store, code, is_blocked);
  return wrong.code == Errc::kOk ? 0 : fail(is_blocked ? "link block" : "link unblock", describe(wrong));
}

CLI::Option* add_database(CLI::App& command, std::string& database) {
  return command.add_option("--db", database, "the database file")->required();
}

// For commands that look something up: a mistyped path must not become an empty database.
void add_existing_database(CLI::App& command, std::string& database) {
  add_database(command, database)->check(CLI::ExistingFile);
}

void add_origin(CLI::App& app, int& exit_status) {
  auto arguments = std::make_shared<OriginArguments>();
  CLI::App* command = app.add_subcommand("origin", "run the origin service until SIGTERM");
  add_database(*command, arguments->database);
  command->add_option("--listen", arguments->listen, "<address>:<port>; port 0 takes a free one")
      ->capture_default_str();
  command->add_option("--edge-token-file", arguments->edge_token_file,
                      "file with the edges' token (else REFEDGE_EDGE_TOKEN)");
  command->add_option("--strings-dir", arguments->strings_directory,
                      "directory with translations of the widget: strings.<locale>.json");
  command->add_option("--outbound-allow", arguments->outbound_allow,
                      "<address>:<port> that webhooks may reach although it is not public; repeatable");
  command->callback([arguments, &exit_status] { exit_status = run_origin(*arguments); });
}

void add_market_create(CLI::App& market, int& exit_status) {
  auto database = std::make_shared<std::string>();
  auto request = std::make_shared<origin::NewMarket>();
  CLI::App* command = market.add_subcommand("create", "make a market; prints its id and secrets as JSON");
  add_database(*command, *database);
  command->add_option("--slug", request->slug, "its name in snippets: a-z 0-9 - _")->required();
  command->add_option("--domain", request->domain, "host[:port] of its cookie subdomain")->required();
  command->add_option("--scheme", request->scheme, "https, or http on this machine")->capture_default_str();
  command->add_option("--currency", request->currency, "ISO 4217, as GBP")->required();
  command->add_option("--locale", request->locale, "default locale, as en")->required();
  command->add_flag("--require-signed-track", request->requires_signed_track,
                    "refuse orders without a signature");
  command->add_option("--webhook-url", request->webhook_url, "where confirmed referrals are told");
  command->callback([database, request, &exit_status] { exit_status = create_market(*database, *request); });
}

void add_market_keys(CLI::App& market, int& exit_status) {
  auto database = std::make_shared<std::string>();
  CLI::App* command = market.add_subcommand("keys", "print the cookie keys file of all markets");
  add_existing_database(*command, *database);
  command->callback([database, &exit_status] { exit_status = print_keys(*database); });
}

void add_campaign_create(CLI::App& campaign, int& exit_status) {
  auto database = std::make_shared<std::string>();
  auto request = std::make_shared<origin::NewCampaign>();
  CLI::App* command = campaign.add_subcommand("create", "make a campaign of a market");
  add_existing_database(*command, *database);
  command->add_option("--market", request->market, "the market's slug or id")->required();
  command->add_option("--slug", request->slug, "its name in snippets: a-z 0-9 - _")->required();
  command->add_option("--name", request->name, "its name for people")->required();
  command->add_option("--destination", request->destination, "where share links lead")->required();
  command->add_option("--page-url", request->page_url, "the page that embeds it");
  command->add_option("--window-days", request->window_days, "how long a click counts")
      ->capture_default_str();
  command->add_option("--rule", request->rule, "last_click or first_click")->capture_default_str();
  command->add_flag("!--no-reconciliation", request->has_reconciliation, "confirm referrals at once");
  command->add_option("--custom-field-label", request->custom_field.label,
                      "what the sign-up form asks for besides name and e-mail");
  command->add_flag("--require-custom-field", request->custom_field.is_required,
                    "refuse sign-ups in the form that leave it empty");
  origin::LinkPages& pages = request->pages;
  command->add_option("--fallback-url", pages.fallback_url, "where its links lead when they do not serve");
  command->add_option("--preview-title", pages.preview_title, "what messengers show of its links");
  command->add_option("--preview-description", pages.preview_description, "the text below the title");
  command->add_option("--preview-image-url", pages.preview_image_url, "an https image for the preview");
  command->callback(
      [database, request, &exit_status] { exit_status = create_campaign(*database, *request); });
}

void add_link_block(CLI::App& link, bool is_blocked, int& exit_status) {
  auto database = std::make_shared<std::string>();
  auto code = std::make_shared<std::string>();
  CLI::App* command = is_blocked ? link.add_subcommand("block", "blacklist a share-link code")
                                 : link.add_subcommand("unblock", "free a blocked code");
  add_existing_database(*command, *database);
  command->add_option("--code", *code, "the code at the end of the share link")->required();
  command->callback([database, code, is_blocked, &exit_status] {
    exit_status = block_link(*database, *code, is_blocked);
  });
}

}  // namespace

void add_origin_commands(CLI::App& app, int& exit_status) {
  add_origin(app, exit_status);
  CLI::App* market = app.add_subcommand("market", "markets");
  market->require_subcommand(1);
  add_market_create(*market, exit_status);
  add_market_keys(*market, exit_status);
  CLI::App* campaign = app.add_subcommand("campaign", "campaigns");
  campaign->require_subcommand(1);
  add_campaign_create(*campaign, exit_status);
  CLI::App* link = app.add_subcommand("link", "share links");
  link->require_subcommand(1);
  add_link_block(*link, true, exit_status);
  add_link_block(*link, false, exit_status);
}

}  // namespace refedge::cli
