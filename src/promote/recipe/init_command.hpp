// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_table.hpp"
#include "gate/command.hpp"

#include <string>

namespace sluice::promote {

struct InitOptions
{
  std::string recipe;  ///< empty: what the repository looks like
};

void describe(InitOptions& options, config::OptionTable& table);

/// Writes a recipe's pipeline, its scripts and a workflow or job that runs them to the root of the work tree. All or
/// nothing, and never over a file that is there. Errors: ErrorKind::usage: there is one already, with all that are;
/// ErrorKind::input: a link is on the way.
[[nodiscard]] Result<gate::CommandOutcome> init_command(const InitOptions& options, const gate::CommandInput& input);

}  // namespace sluice::promote
