#include <gtest/gtest.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

// The origin logs a line for each request: to standard error, as in production, and warnings alone.
int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  spdlog::set_default_logger(spdlog::stderr_logger_mt("refedge"));
  spdlog::set_level(spdlog::level::warn);
  return RUN_ALL_TESTS();
}
