// SPDX-License-Identifier: Apache-2.0
//
// What can be done with a database beside judging by it.
#pragma once

#include "gate/command.hpp"

#include <string>
#include <vector>

namespace sluice::deps {

/// `db import PATH…`.
[[nodiscard]] Result<gate::CommandOutcome> import_database(const gate::NoOptions& options,
                                                           const gate::CommandInput& input);

/// `db info`.
[[nodiscard]] Result<gate::CommandOutcome> describe_database(const gate::NoOptions& options,
                                                             const gate::CommandInput& input);

/// What `db update` is told.
struct UpdateOptions
{
  std::string from;  ///< the server's address, or a directory of an export; empty: as the gate's options say
  std::vector<std::string> ecosystems;  ///< empty: those of the database and those of the repository's lockfiles
};

void describe(UpdateOptions& options, config::OptionTable& table);
void check(const UpdateOptions& options, config::OptionChecks& checks);

/// `db update`.
[[nodiscard]] Result<gate::CommandOutcome> update_database_command(const UpdateOptions& options,
                                                                   const gate::CommandInput& input);

/// What `db export DIR` is told.
struct ExportOptions
{
  std::string sign;  ///< file of a private key; empty: not signed
};

void describe(ExportOptions& options, config::OptionTable& table);

/// `db export DIR`.
[[nodiscard]] Result<gate::CommandOutcome> export_database_command(const ExportOptions& options,
                                                                   const gate::CommandInput& input);

/// `query`: ecosystem, name and version a line on standard input, tabs between.
[[nodiscard]] Result<gate::CommandOutcome> query_database(const gate::NoOptions& options,
                                                          const gate::CommandInput& input);

}  // namespace sluice::deps
