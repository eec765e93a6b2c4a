// A small HTTP server on loopback that plays the origin: real sockets, answers by the test's handler.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace refedge::edge::testing {

struct OriginRequest {
  std::string method;
  std::string target;
  std::string authorization;
  std::string body;
};

struct OriginAnswer {
  unsigned status = 200;
  std::string body;
  bool hang_up = false;  // close the connection instead of answering
};

class TestOrigin {
 public:
  // The handler runs in the connection's thread, one call at a time.
  using Handler = std::function<OriginAnswer(const OriginRequest&)>;

  explicit TestOrigin(Handler handler);
  TestOrigin(const TestOrigin&) = delete;
  TestOrigin& operator=(const TestOrigin&) = delete;
  ~TestOrigin();

  [[nodiscard]] std::string url() const;
  [[nodiscard]] std::vector<OriginRequest> requests() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace refedge::edge::testing
