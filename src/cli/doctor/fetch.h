// Fetching the page and what it names, within limits: the page is a stranger's.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/doctor/url.h"
#include "origin/outbound/address_policy.h"

namespace refedge::cli::doctor {

inline constexpr std::size_t kMaxBodyBytes = 2 * 1024 * 1024;
inline constexpr long kMaxRedirects = 5;
inline constexpr long kFetchSeconds = 10;

struct Request {
  std::string url;
  std::string origin;         // the Origin header; empty: none
  bool is_preflight = false;  // OPTIONS, as a browser asks before a POST
};

struct Response {
  std::string trouble;  // empty when there is an answer
  long status = 0;
  std::string url;                                           // after redirects
  std::vector<std::pair<std::string, std::string>> headers;  // of the last answer, names in lower case
  std::string body;
  bool is_cut = false;  // longer than kMaxBodyBytes: the rest was not read

  // header returns the first value of that name, "" where there is none; headers_named all.
  [[nodiscard]] std::string header(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> headers_named(std::string_view name) const;
};

// Which addresses may be called. The first may be any, as the user names it. When it is a public one, no
// other may follow: a page on the internet must not make this machine ask its own network.
class AddressGuard {
 public:
  [[nodiscard]] bool admits(const boost::asio::ip::tcp::endpoint& endpoint);
  [[nodiscard]] bool has_refused() const noexcept { return has_refused_; }
  void forget_refusal() noexcept { has_refused_ = false; }

 private:
  origin::AddressPolicy policy_;
  std::optional<bool> is_public_;  // the first
  bool has_refused_ = false;
};

class Fetcher {
 public:
  // `ca_file` has the certificates to trust instead of the system's; empty: the system's.
  explicit Fetcher(std::string ca_file = {}) : ca_file_(std::move(ca_file)) {}

  // fetch follows up to kMaxRedirects redirects, to http and https alone, uses no proxy, and takes
  // kFetchSeconds at most. Every address is held against the guard after its name is resolved.
  [[nodiscard]] Response fetch(const Request& request);

 private:
  std::string ca_file_;
  AddressGuard guard_;
};

}  // namespace refedge::cli::doctor
