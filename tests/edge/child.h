// Child processes of tests: what they return, and how they die.
#pragma once

#include <gtest/gtest.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

namespace refedge::edge::testing {

// Runs `body` in a child process and gives its pid; the child ends with what `body` returns.
template <class Body>
pid_t spawn(Body body) {
  const pid_t pid = fork();
  if (pid == 0) _exit(body());
  EXPECT_GT(pid, 0);
  return pid;
}

// Waits for the child: its exit status, or 128 and the signal that ended it.
inline int wait_for(pid_t pid) {
  int status = 0;
  EXPECT_EQ(waitpid(pid, &status, 0), pid);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Becomes the user that Debian's nginx runs its workers as. Needs root.
inline bool become_web_server() {
  const passwd* user = getpwnam("www-data");
  return user != nullptr && setgroups(0, nullptr) == 0 && setgid(user->pw_gid) == 0 && setuid(user->pw_uid) == 0;
}

}  // namespace refedge::edge::testing
