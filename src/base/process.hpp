// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

struct ProcessRequest
{
  std::vector<std::string> argv;  ///< argv[0] is looked up in PATH unless it holds a '/'
  std::string input;              ///< written to its standard input, then closed
  std::optional<std::map<std::string, std::string>> environment;  ///< the whole environment; absent: ours
  std::filesystem::path directory;                                ///< working directory; empty: ours
  std::chrono::seconds timeout{600};                              ///< then it is killed and an Error returned
  /// Is given each line of its standard error as it comes, without the newline; true: the line is dealt with and does
  /// not become part of the result. Called by the waiting thread.
  std::function<bool(std::string_view line)> on_error_line = {};
};

struct ProcessResult
{
  int exit_status = 0;  ///< 128 + signal if it died of one
  std::string output;
  std::string error_output;
};

/// Runs a program without a shell and waits for it.
[[nodiscard]] Result<ProcessResult> run_process(const ProcessRequest& request);

}  // namespace sluice
