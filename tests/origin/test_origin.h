// A whole origin inside the test's process: real SQLite file, real sockets, a clock that the test sets.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "http_client.h"
#include "origin/main/admin.h"
#include "origin/main/service.h"
#include "origin/store/store.h"

namespace refedge::origin::test {

inline constexpr std::int64_t kStart = 1'700'000'000;
inline constexpr const char* kEdgeToken = "edge-token-of-the-tests";

// A directory of its own, removed at the end.
class TempDirectory {
 public:
  TempDirectory();
  ~TempDirectory();
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// wait_until asks `condition` again and again; false when ten seconds are over.
[[nodiscard]] bool wait_until(const std::function<bool()>& condition);

struct TestMarket {
  std::string id;
  std::string slug;
  std::string token;
  std::string secret;

  [[nodiscard]] Headers auth() const { return {{"auth_id", id}, {"auth_token", token}}; }
};

class TestOrigin {
 public:
  // Starts at once. `outbound_allow`: ports of 127.0.0.1 that webhooks may reach.
  explicit TestOrigin(std::vector<std::uint16_t> outbound_allow = {});
  ~TestOrigin();

  void start();
  void stop();

  // Every market has a domain of its own: <slug>.shop.example.
  TestMarket add_market(const std::string& slug, const std::function<void(NewMarket&)>& change = {});
  void add_campaign(const TestMarket& market, const std::string& slug,
                    const std::function<void(NewCampaign&)>& change = {});

  [[nodiscard]] std::uint16_t port() const { return service_->port(); }
  [[nodiscard]] Answer send(const Call& request) const { return call(port(), request); }
  [[nodiscard]] Answer get(const std::string& target, const Headers& headers = {}) const;
  [[nodiscard]] Answer post(const std::string& target, const nlohmann::json& body,
                            const Headers& headers = {}) const;

  // sign_up: the code of a referrer's new share link.
  [[nodiscard]] std::string sign_up(const TestMarket& market, const std::string& campaign,
                                    const std::string& email) const;
  // track: an order of `email` with these fields on top of the required ones.
  [[nodiscard]] Answer track(const TestMarket& market, const std::string& order, const std::string& email,
                             nlohmann::json fields = nlohmann::json::object(),
                             const Headers& headers = {}) const;
  [[nodiscard]] Answer confirm(const TestMarket& market, const std::string& order,
                               const std::string& status) const;
  // edge_cookie: what the edge would put into Refedge-Attribution for a click on `code`.
  [[nodiscard]] std::string edge_cookie(const TestMarket& market, const std::string& code,
                                        std::int64_t seen_at) const;
  // count: the rows of a table, by SQL of the test's own.
  [[nodiscard]] std::int64_t count(const std::string& from_where) const;
  [[nodiscard]] std::string value(const std::string& sql) const;

  std::atomic<std::int64_t> clock{kStart};
  TempDirectory directory;
  std::string database = directory.file("refedge.db");

 private:
  std::vector<std::uint16_t> outbound_allow_;
  std::unique_ptr<Service> service_;
  std::thread thread_;
};

[[nodiscard]] Headers edge_auth();

}  // namespace refedge::origin::test
