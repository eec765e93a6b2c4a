// A disk that forgets at a power loss what it has not confirmed. fdatasync and fsync of the test program come here instead of libc, and while it
// is watched their asynchronous kind instead of the kernel.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <deque>
#include <map>
#include <string>

namespace refedge::edge::testing {

// What reached it: contents by inode, names by directory.
struct Disk {
  using Names = std::map<std::string, ino_t>;

  // A sync that the disk has not confirmed yet: it takes what was there when it was started, and no more.
  struct Sync {
    std::uint64_t id;
    ino_t inode;
    std::string content;
    Names names;
  };

  std::map<ino_t, std::string> contents;
  Names names;
  std::deque<Sync> under_way;
  std::deque<Sync> finished;
  int fail_with = 0;
  int setup_fails_with = 0;
  int waits = 0;  // for the disk
  bool is_watched = false;

  // confirm_all makes durable what is under way, or fails to.
  void confirm_all();
  void keep(const Sync& sync);
};

Disk& disk();

}  // namespace refedge::edge::testing
