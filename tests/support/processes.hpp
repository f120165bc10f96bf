// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/process_stat.hpp"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace sluice::test {

/// Waits until the process is no more than a zombie, however long that takes.
inline void
wait_for_the_end_of(pid_t process)
{
  while (true) {
    const auto stat = process_stat(process);
    if (!stat || stat->has_ended()) {
      return;
    }
    ::usleep(10'000);
  }
}

[[nodiscard]] inline bool
is_alive(pid_t process)
{
  const auto stat = process_stat(process);
  return stat && !stat->has_ended();
}

/// What a forked child ends with that does the work and then exits with the number that it returns.
template<typename Work>
int
status_of_fork(Work work)
{
  const pid_t child = ::fork();
  if (child == 0) {
    ::_exit(work());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

}  // namespace sluice::test
