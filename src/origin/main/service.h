// The origin service: everything made, wired and run.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "origin/store/secret_text.h"

namespace refedge::origin {

struct ServiceOptions {
  std::string database_path;
  boost::asio::ip::tcp::endpoint listen;  // port 0: any free one
  SecretText edge_token;                  // empty: the edge API answers 401
  std::vector<boost::asio::ip::tcp::endpoint> outbound_allow;
  std::string strings_directory;          // the merchant's translations; empty: none
  std::function<std::int64_t()> now;  // Unix seconds; the system's clock when empty
};

class Service {
 public:
  // Opens the database and listens. Throws StoreFailure, StringsFailure (origin/widget/strings.h), and
  // boost::system::system_error when the address cannot be had.
  explicit Service(ServiceOptions options);
  ~Service();

  [[nodiscard]] std::uint16_t port() const;

  // run serves until stop is called or, with kHandle, until SIGTERM or SIGINT comes.
  enum class Signals { kHandle, kIgnore };
  void run(Signals signals);

  // stop ends run once the requests in progress are answered. From any thread.
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace refedge::origin
