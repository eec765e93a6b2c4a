// An origin without sockets: its endpoints over a real SQLite file that is the same before every input.
#pragma once

#include <memory>
#include <string>

#include "origin/api/context.h"
#include "origin/api/request.h"
#include "origin/store/store.h"

namespace refedge::fuzz {

inline constexpr std::string_view kEdgeToken = "edge-token";

class OriginFixture {
 public:
  // A market `m`, its campaign `c`, a referrer and an order that is pending.
  OriginFixture();
  ~OriginFixture();

  [[nodiscard]] const origin::Market& market() const noexcept { return market_; }
  [[nodiscard]] const std::string& code() const noexcept { return code_; }  // of the referrer's share link

  // handle answers as http/session.cc does and undoes what the request wrote. The status of a path or a method that
  // is not there is 404 or 405.
  [[nodiscard]] origin::Response handle(std::string_view method, std::string_view path, const origin::Request& request);

 private:
  std::unique_ptr<origin::Store> store_;
  origin::Market market_;
  std::string code_;
};

// The one of this process, made at the first call.
[[nodiscard]] OriginFixture& origin_fixture();

}  // namespace refedge::fuzz
