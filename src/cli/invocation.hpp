// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"
#include "base/result.hpp"
#include "credentials/redactor.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace sluice::cli {

/// A run of a program with everything that it may touch, so that a test can make one.
struct Invocation
{
  std::string program;                 ///< "sluice-secrets", for messages
  std::vector<std::string> arguments;  ///< without the program's name
  Environment environment;
  std::filesystem::path directory;    ///< working directory
  std::filesystem::path executables;  ///< where our other executables lie
  std::ostream& out;
  std::ostream& err;
  /// Errors (ErrorKind::input): it is closed or cannot be read.
  std::function<Result<std::string>()> read_standard_input;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  unsigned width = 100;  ///< columns of the terminal
  /// The day on which entries expire is its: no variable that a job sets can bring one back.
  std::chrono::system_clock::time_point now = std::chrono::system_clock::now();
  /// When the process began, by a clock that nobody sets: the time that is told is all of it.
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
  /// What everything that is printed goes through, unless it is our own static text.
  const Redactor* redactor = &credentials::redactor();
};

/// The invocation of this process. The streams must outlive it. The first thing that each `main` calls: what has to be
/// set up while there is one thread is set up here.
[[nodiscard]] Invocation this_process(int argc, char** argv);

}  // namespace sluice::cli
