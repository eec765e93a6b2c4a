#include "test_origin.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <stdlib.h>

#include <stdexcept>

#include "refedge/cookie.h"

namespace refedge::origin::test {
namespace {

using Json = nlohmann::json;

// A look into the file that goes around the code under test.
std::string query_one(const std::string& database, const std::string& sql) {
  sqlite3* connection = nullptr;
  sqlite3_open_v2(database.c_str(), &connection, SQLITE_OPEN_READONLY, nullptr);
  sqlite3_busy_timeout(connection, 5000);
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(connection));
  }
  std::string value;
  if (sqlite3_step(statement) == SQLITE_ROW) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    value = text == nullptr ? "" : text;
  }
  sqlite3_finalize(statement);
  sqlite3_close(connection);
  return value;
}

}  // namespace

TempDirectory::TempDirectory() {
  std::string name = (std::filesystem::temp_directory_path() / "refedge-origin-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
  path_ = name;
}

TempDirectory::~TempDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

bool wait_until(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

TestOrigin::TestOrigin(std::vector<std::uint16_t> outbound_allow)
    : outbound_allow_(std::move(outbound_allow)) {
  start();
}

TestOrigin::~TestOrigin() { stop(); }

void TestOrigin::start() {
  ServiceOptions options;
  options.database_path = database;
  const auto loopback = boost::asio::ip::make_address("127.0.0.1");
  options.listen = {loopback, 0};
  options.edge_token = SecretText(kEdgeToken);
  for (const std::uint16_t port : outbound_allow_) options.outbound_allow.emplace_back(loopback, port);
  options.now = [this] { return clock.load(); };
  service_ = std::make_unique<Service>(std::move(options));
  thread_ = std::thread([this] { service_->run(Service::Signals::kIgnore); });
}

void TestOrigin::stop() {
  if (!service_) return;
  service_->stop();
  thread_.join();
  service_.reset();
}

TestMarket TestOrigin::add_market(const std::string& slug, const std::function<void(NewMarket&)>& change) {
  NewMarket request;
  request.slug = slug;
  request.domain = slug + ".shop.example";
  request.currency = "GBP";
  request.locale = "en";
  if (change) change(request);
  const auto store = open_store(database);
  const auto market = create_market(*store, request);
  if (!market) throw std::runtime_error("market: " + market.error().field);
  return {market->market_id, market->slug, std::string(market->auth_token.view()),
          std::string(market->secret_key.view())};
}

void TestOrigin::add_campaign(const TestMarket& market, const std::string& slug,
                              const std::function<void(NewCampaign&)>& change) {
  NewCampaign request;
  request.market = market.slug;
  request.slug = slug;
  request.name = "Refer a friend";
  request.destination = "https://shop.example/?utm=share";
  request.page_url = "https://shop.example/refer";
  if (change) change(request);
  const auto store = open_store(database);
  const auto campaign = create_campaign(*store, request);
  if (!campaign) throw std::runtime_error("campaign: " + campaign.error().field);
}

Answer TestOrigin::get(const std::string& target, const Headers& headers) const {
  return send({.method = "GET", .target = target, .headers = headers});
}

Answer TestOrigin::post(const std::string& target, const Json& body, const Headers& headers) const {
  return send({.method = "POST", .target = target, .headers = headers, .body = body.dump()});
}

std::string TestOrigin::sign_up(const TestMarket& market, const std::string& campaign,
                                const std::string& email) const {
  const Json body = {{"campaign_slug", campaign},
                     {"signup", {{"email", email}, {"first_name", "Maya"}, {"last_name", "Hart"}}}};
  const Answer answer = post("/api/signups", body, market.auth());
  EXPECT_EQ(answer.status, 201U) << answer.body;
  const std::string url = answer.json().at("share_url");
  return url.substr(url.rfind('/') + 1);
}

Answer TestOrigin::track(const TestMarket& market, const std::string& order, const std::string& email,
                         Json fields, const Headers& headers) const {
  fields["market"] = market.slug;
  fields["order_number"] = order;
  fields["customer_email"] = email;
  return post("/track", fields, headers);
}

Answer TestOrigin::confirm(const TestMarket& market, const std::string& order,
                           const std::string& status) const {
  const Json body = {{"order", {{"order_number", order}, {"status", status}}}};
  return post("/api/referrals/confirmations", body, market.auth());
}

std::string TestOrigin::edge_cookie(const TestMarket& market, const std::string& code,
                                    std::int64_t seen_at) const {
  const auto store = open_store(database);
  const auto keys = store->markets().cookie_keys(market.id);
  const auto cookie = sign_cookie({.code = code, .click_id = {}, .captured_at = seen_at},
                                  {keys.at(0).id, keys.at(0).key.view()});
  return *cookie;
}

std::int64_t TestOrigin::count(const std::string& from_where) const {
  return std::stoll(query_one(database, "SELECT count(*) FROM " + from_where));
}

std::string TestOrigin::value(const std::string& sql) const { return query_one(database, sql); }

Headers edge_auth() { return {{"Authorization", std::string("Bearer ") + kEdgeToken}}; }

}  // namespace refedge::origin::test
