// SPDX-License-Identifier: Apache-2.0
//
// The commands of a gate: its own (`sluice-deps db import`) and those that every gate has, by which `sluice` asks a
// gate for what only the gate knows, without linking it.
#pragma once

#include "cli/invocation.hpp"
#include "gate/gate.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sluice::cli {

/// A command and the words of the command line that name it.
struct FoundCommand
{
  const gate::Command* command = nullptr;
  std::size_t words = 0;
};

/// Every command of the gate: its own, then the common ones.
[[nodiscard]] std::vector<const gate::Command*> commands_of(const gate::Type& type);

/// The command that the first arguments name ("db import", or its flag form "--why"); nothing if they name none.
[[nodiscard]] std::optional<FoundCommand> find_command(const gate::Type& type, const Invocation& invocation);

/// The commands that begin with the first argument where it alone names none: "db import" and its like of "db".
[[nodiscard]] std::vector<const gate::Command*> commands_beginning(const gate::Type& type,
                                                                   const Invocation& invocation);

/// What is wrong with a first argument that is nearly the name of a command; empty of any other.
[[nodiscard]] std::string misspelled_command(const gate::Type& type, const Invocation& invocation);

/// Runs it: options, services, output, exit status.
[[nodiscard]] int run_command(const gate::Type& type, const FoundCommand& found, const Invocation& invocation);

}  // namespace sluice::cli
