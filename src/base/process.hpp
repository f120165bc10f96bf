// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

struct ProcessRequest
{
  std::vector<std::string> argv;  ///< argv[0] is looked up in PATH unless it holds a '/'
  std::string input;              ///< written to its standard input, then closed
  std::optional<std::map<std::string, std::string>> environment;  ///< the whole environment; absent: ours
  std::filesystem::path directory;                                ///< working directory; empty: ours
  std::chrono::seconds timeout{600};                              ///< then it is killed and an Error returned
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
