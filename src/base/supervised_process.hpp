// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"
#include "base/result.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace sluice {

enum class Stream { output, error };

/// A program of somebody else's that may run long, print much and never end.
struct SupervisedRequest
{
  std::vector<std::string> argv;
  /// The file to run; empty: argv[0], seen from `directory` if it holds a '/', else looked up in our PATH.
  std::string program;
  std::string input;                ///< its standard input; empty: /dev/null
  Environment environment;          ///< the whole
  std::filesystem::path directory;  ///< empty: ours
  std::chrono::milliseconds timeout{std::chrono::minutes(10)};
  std::chrono::milliseconds grace{std::chrono::seconds(5)};  ///< from SIGTERM to SIGKILL
  std::size_t kept = 32U << 10U;         ///< bytes of the beginning and of the end of each stream that the result has
  std::size_t kept_of_both = 4U << 10U;  ///< bytes of `latest`

  // All of these may be empty, and are called by the waiting thread.
  std::function<void(pid_t)> on_start;
  /// Called every 200 ms while the program runs, however much it prints, and while it is being ended; false: end it.
  std::function<bool()> tick;
  /// Each line as it comes; LineSplitter says what becomes of a long one.
  std::function<void(Stream, std::string_view line)> on_line;
};

struct SupervisedResult
{
  enum class End {
    exited,
    signalled,
    timed_out,  ///< and was ended
    stopped,    ///< by `tick`
  };

  End end = End::exited;
  int status = 0;  ///< of exited its exit status, of signalled the signal; else 0
  std::chrono::milliseconds duration{0};
  std::string output;        ///< BoundedText says what becomes of a long one
  std::string error_output;  ///< likewise
  std::string latest;        ///< the last bytes of both streams, in the order in which they came
};

/// Runs a program without a shell, in a session of its own, and waits for it, not for what it leaves behind: a daemon
/// that it started is left alone, even if it still holds an end of a pipe, which is closed 200 ms later at the latest.
///
/// What takes too long gets a SIGTERM with every process of its session, and what still lives after the grace a
/// SIGKILL. An interruption of ours does the same (base/interruption.hpp).
///
/// Errors: ErrorKind::environment if it cannot be started, "./deploy: cannot run: Permission denied";
/// ErrorKind::config if a word or a variable holds a NUL, which no program can be given.
[[nodiscard]] Result<SupervisedResult> run_supervised(const SupervisedRequest& request);

}  // namespace sluice
