// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_table.hpp"
#include "gate/command.hpp"

namespace sluice::env {

struct SchemaOptions
{
  bool json_schema = false;
};

void describe(SchemaOptions& options, config::OptionTable& table);

/// What all schemas say, put together: a line for each variable, or a JSON Schema. Incomplete where a schema could not
/// be understood. Errors (ErrorKind::input): there is no schema.
[[nodiscard]] Result<gate::CommandOutcome> schema_command(const SchemaOptions& options,
                                                          const gate::CommandInput& input);

struct InitOptions
{
  bool print = false;
};

void describe(InitOptions& options, config::OptionTable& table);

/// Writes `.env.schema` into the directory that is judged, or prints it. Errors (ErrorKind::usage): it is there
/// already, even as a link that leads nowhere.
[[nodiscard]] Result<gate::CommandOutcome> init_command(const InitOptions& options, const gate::CommandInput& input);

}  // namespace sluice::env
