#include "tests/fuzz/origin_fixture.h"

#include <stdlib.h>

#include <filesystem>
#include <utility>

#include "origin/http/routes.h"
#include "origin/main/admin.h"
#include "tests/fuzz/target.h"

namespace refedge::fuzz {
namespace {

using namespace refedge::origin;

constexpr std::int64_t kNow = 1'700'000'000;

// Hands out the tables of another store. Its transactions are none: the one around the request is never committed.
class UncommittedStore final : public Store {
 public:
  explicit UncommittedStore(Store& store) : store_(store) {}
  Markets& markets() override { return store_.markets(); }
  Campaigns& campaigns() override { return store_.campaigns(); }
  Referrers& referrers() override { return store_.referrers(); }
  Links& links() override { return store_.links(); }
  Clicks& clicks() override { return store_.clicks(); }
  Conversions& conversions() override { return store_.conversions(); }
  Referrals& referrals() override { return store_.referrals(); }
  Outbox& outbox() override { return store_.outbox(); }

 private:
  void begin() override {}
  void commit() override {}
  void rollback() noexcept override {}
  Store& store_;
};

Context make_context(Store& store) {
  static const StringTables kStrings{""};  // those that are built in
  return {.store = store, .strings = kStrings, .edge_token = kEdgeToken, .now = [] { return kNow; }, .tell_change = [] {}};
}

Response run(Store& store, std::string_view method, std::string_view path, Request request) {
  const RouteMatch match = find_route(method, path);
  if (match.route == nullptr) return {.status = match.allowed.empty() ? 404U : 405U, .content_type = {}, .body = {}};
  request.path_value = match.path_value;
  Context context = make_context(store);
  return match.route->endpoint(request, context).response;
}

// SQLite has the file open: it may lose its name.
std::unique_ptr<Store> open_nameless_store() {
  std::string folder = (std::filesystem::temp_directory_path() / "refedge-fuzz-XXXXXX").string();
  require(::mkdtemp(folder.data()) != nullptr);
  auto store = open_store(folder + "/refedge.db");
  std::filesystem::remove_all(folder);
  return store;
}

void expect(const Response& response, unsigned status) { require(response.status == status); }

}  // namespace

OriginFixture::OriginFixture() : store_(open_nameless_store()) {
  auto market = create_market(*store_, {.slug = "m", .domain = "bp.shop.example", .currency = "GBP", .locale = "en",
                                              .webhook_url = "https://shop.example/hook"});
  require(market.has_value());
  market_ = *std::move(market);
  require(create_campaign(*store_, {.market = "m", .slug = "c", .name = "Give 10, get 10",
                                    .destination = "https://www.shop.example/", .page_url = "https://www.shop.example/r"})
              .has_value());
  expect(run(*store_, "POST", "/api/signups",
             {.body = R"({"campaign_slug":"c","signup":{"email":"jane@shop.example","first_name":"Jane"}})",
              .auth_id = market_.market_id, .auth_token = market_.auth_token.view()}),
         201);
  code_ = store_->links().changes(0, 1).at(0).link.code;
  const std::string order =
      R"({"market":"m","campaign":"c","order_number":"1","customer_email":"joe@shop.example","ref":")" + code_ + "\"}";
  expect(run(*store_, "POST", "/track", {.body = order}), 201);
}

OriginFixture::~OriginFixture() = default;

Response OriginFixture::handle(std::string_view method, std::string_view path, const Request& request) {
  const Transaction never_committed(*store_);
  UncommittedStore store(*store_);
  return run(store, method, path, request);
}

OriginFixture& origin_fixture() {
  static OriginFixture fixture;
  return fixture;
}

}  // namespace refedge::fuzz
