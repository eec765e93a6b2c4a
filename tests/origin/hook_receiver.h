// A merchant's webhook endpoint: a real HTTP server that keeps what it is sent.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace refedge::origin::test {

struct Hook {
  std::string target;
  std::string content_type;
  std::string delivery;
  std::string body;
};

class HookReceiver {
 public:
  HookReceiver();
  ~HookReceiver();

  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  [[nodiscard]] std::string url() const;

  // answer_next: the status of the next answer that has none yet; 200 where nothing is set.
  void answer_next(unsigned status, std::string location = {});
  [[nodiscard]] std::vector<Hook> hooks() const;

 private:
  struct Planned {
    unsigned status = 200;
    std::string location;
  };
  void serve();
  void serve_one(boost::asio::ip::tcp::socket socket);

  boost::asio::io_context loop_;
  boost::asio::ip::tcp::acceptor acceptor_;
  mutable std::mutex mutex_;
  std::deque<Planned> planned_;
  std::vector<Hook> hooks_;
  std::thread thread_;
};

}  // namespace refedge::origin::test
