#include "edge/agent/metrics_server.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <string>

#include "edge/agent/service_notice.h"
#include "tests/edge/temp_dir.h"

namespace refedge::edge {
namespace {

namespace net = boost::asio;

class MetricsServerTest : public ::testing::Test {
 protected:
  MetricsServerTest() {
    auto opened = MetricsServer::open("127.0.0.1:0", counts_);
    EXPECT_TRUE(opened) << opened.message();
    server_ = *std::move(opened);
  }

  // The whole answer to a request as it stands on the wire.
  std::string ask(const std::string& request) {
    net::io_context loop;
    net::ip::tcp::socket socket(loop);
    socket.connect({net::ip::address_v4::loopback(), server_->port()});
    net::write(socket, net::buffer(request));
    std::string answer;
    boost::system::error_code end;
    net::read(socket, net::dynamic_buffer(answer), end);
    return answer;
  }

  std::string get(const std::string& path) { return ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"); }

  AgentCounts counts_;
  std::unique_ptr<MetricsServer> server_;
};

TEST_F(MetricsServerTest, tells_the_counts) {
  counts_.clicks_delivered = 12;
  counts_.conversions_waiting = 3;
  const std::string answer = get("/metrics");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
  EXPECT_NE(answer.find("Content-Type: text/plain; version=0.0.4"), std::string::npos);
  EXPECT_NE(
      answer.find(
          "# TYPE refedge_agent_clicks_delivered_total counter\nrefedge_agent_clicks_delivered_total 12\n"),
      std::string::npos);
  EXPECT_NE(
      answer.find("# TYPE refedge_agent_conversions_waiting gauge\nrefedge_agent_conversions_waiting 3\n"),
      std::string::npos);
  EXPECT_NE(answer.find("\nrefedge_agent_ready 0\n"), std::string::npos);
}

TEST_F(MetricsServerTest, is_ready_when_the_links_are_here) {
  EXPECT_TRUE(get("/ready").starts_with("HTTP/1.1 503 "));
  counts_.links_complete = true;
  EXPECT_TRUE(get("/ready").starts_with("HTTP/1.1 200 "));
  EXPECT_NE(get("/metrics").find("\nrefedge_agent_ready 1\n"), std::string::npos);
}

TEST_F(MetricsServerTest, refuses_what_it_does_not_have) {
  EXPECT_TRUE(get("/").starts_with("HTTP/1.1 404 "));
  EXPECT_TRUE(get("/metrics?x").starts_with("HTTP/1.1 404 "));
  const std::string posted = ask("POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  EXPECT_TRUE(posted.starts_with("HTTP/1.1 405 ")) << posted;
  EXPECT_NE(posted.find("Allow: GET, HEAD"), std::string::npos);
  EXPECT_EQ(ask("no HTTP\r\n\r\n"), "");
  EXPECT_EQ(ask("GET /ready HTTP/1.1\r\nX: " + std::string(10'000, 'x') + "\r\n\r\n").find("200"),
            std::string::npos);
  const std::string head = ask("HEAD /ready HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(head.ends_with("\r\n\r\n")) << head;
  EXPECT_TRUE(get("/ready").starts_with("HTTP/1.1 503 ")) << "it goes on";
}

TEST(MetricsServer, refuses_addresses_that_are_not_its_own) {
  const AgentCounts counts;
  for (const char* wrong :
       {"127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:x", "localhost:1", "::1", ":1"})
    EXPECT_FALSE(MetricsServer::open(wrong, counts)) << wrong;
  const auto everybody = MetricsServer::open("0.0.0.0:0", counts);
  ASSERT_FALSE(everybody);
  EXPECT_NE(everybody.message().find("not on loopback"), std::string::npos);
  const auto first = MetricsServer::open("127.0.0.1:0", counts);
  ASSERT_TRUE(first);
  EXPECT_FALSE(MetricsServer::open("127.0.0.1:" + std::to_string((*first)->port()), counts)) << "taken";
}

// A manager's socket: what it is told.
class ServiceNoticeTest : public ::testing::Test {
 protected:
  int listen_at(const std::string& path) {
    const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path);
    if (path[0] == '@') address.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    EXPECT_EQ(bind(fd, reinterpret_cast<const sockaddr*>(&address), length), 0);
    setenv("NOTIFY_SOCKET", path.c_str(), 1);
    return fd;
  }

  static std::string heard(int fd) {
    char text[64];
    const ssize_t got = recv(fd, text, sizeof text, 0);
    close(fd);
    return got < 0 ? "" : std::string(text, static_cast<std::size_t>(got));
  }

  ~ServiceNoticeTest() override { unsetenv("NOTIFY_SOCKET"); }

  testing::TempDir dir_;
};

TEST_F(ServiceNoticeTest, tells_a_socket_of_either_kind) {
  const int file = listen_at(dir_ / "notify");
  notify_service("READY=1");
  EXPECT_EQ(heard(file), "READY=1");
  const int abstract = listen_at("@refedge-test-" + std::to_string(getpid()));
  notify_service("STOPPING=1");
  EXPECT_EQ(heard(abstract), "STOPPING=1");
}

TEST_F(ServiceNoticeTest, says_nothing_where_nobody_listens) {
  notify_service("READY=1");
  setenv("NOTIFY_SOCKET", (dir_ / "absent").c_str(), 1);
  notify_service("READY=1");
  setenv("NOTIFY_SOCKET", std::string(200, 'x').c_str(), 1);
  notify_service("READY=1");
}

}  // namespace
}  // namespace refedge::edge
