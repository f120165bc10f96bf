// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_table.hpp"
#include "gate/command.hpp"

#include <string>

namespace sluice::env {

struct CheckOptions
{
  bool from_process = false;
  bool fix = false;
  bool order = false;
  std::string environment;
};

void describe(CheckOptions& options, config::OptionTable& table);

/// Judges what is on disk: the files and directories that are named, each with what the rest of the repository says of
/// it, or all; or the environment of this process. With `fix` it first mends the style of dotenv files. Errors
/// (ErrorKind::usage): a path is not there, or does not lie below the directory that is judged.
[[nodiscard]] Result<gate::CommandOutcome> check_command(const CheckOptions& options, const gate::CommandInput& input);

}  // namespace sluice::env
