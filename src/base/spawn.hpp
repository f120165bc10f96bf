// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tl/expected.hpp>

#include <string>
#include <sys/types.h>
#include <vector>

namespace sluice {

/// How a program is started; what base/process.hpp and base/supervised_process.hpp have in common.
struct Spawn
{
  enum class Session {
    ours,
    /// A session, and so a process group, of its own, without a terminal that it could ask or that could interrupt it.
    /// It begins as a program begins: no signal is ignored or blocked, and only the standard files are open.
    own,
  };

  std::string program;  ///< the file to run; empty: argv[0], looked up in our PATH unless it holds a '/'
  char* const* argv = nullptr;
  char* const* environment = nullptr;
  std::string directory;  ///< where it starts, and whence a relative `program` is seen; empty: ours
  int input = -1;         ///< becomes its standard input, open in us; -1: /dev/null does
  int output = -1;
  int error_output = -1;
  Session session = Session::ours;
};

/// The child's process id. Error: errno of what failed, in the child as well. Sees to it that a child that does not
/// read does not end us (SIGPIPE), and that its end can be waited for (an ignored SIGCHLD would lose its status).
[[nodiscard]] tl::expected<pid_t, int> spawn(const Spawn& request);

/// What the two lists of `Spawn` are made of; valid as long as the texts are and do not change.
[[nodiscard]] std::vector<char*> pointers_to(std::vector<std::string>& texts);

}  // namespace sluice
