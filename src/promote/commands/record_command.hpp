// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"
#include "promote/commands/verb_options.hpp"

namespace sluice::promote {

/// The record of a promotion, as Markdown, JSON or a trace of OpenTelemetry.
[[nodiscard]] Result<gate::CommandOutcome> record_command(const RecordOptions& options,
                                                          const gate::CommandInput& input);

/// Notes something of a promotion: an incident, or what closes an open item of it.
[[nodiscard]] Result<gate::CommandOutcome> note_command(const RecordOptions& options, const gate::CommandInput& input);

}  // namespace sluice::promote
