// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ci/ci_context.hpp"
#include "cli/command_line.hpp"
#include "cli/gate.hpp"
#include "cli/invocation.hpp"
#include "config/common_options.hpp"
#include "config/layers.hpp"
#include "finding/report.hpp"

#include <optional>

namespace sluice::cli {

/// Every gate that exists, by name; a section of the configuration file belongs to each.
inline constexpr std::array<std::string_view, 2> gate_names{"migrations", "secrets"};

/// The options, the platform and the repository of a run, put together in that order. Shared by the gates and by the
/// commands of `sluice`.
struct Setup
{
  config::CommonOptions options;
  config::OptionTable table;  ///< over `options` and the gate's
  ci::CiContext context;
  std::optional<git::Repository> repository;
  std::string no_repository;
  std::filesystem::path directory;  ///< --repo, absolute
  ci::GitRange range;
  std::optional<git::ObjectId> trusted;  ///< base commit, if a change is under test and its base is here
  std::vector<std::string> notices;
};

/// Variables that set options on this platform.
[[nodiscard]] std::vector<config::VariableStyle> variable_styles(ci::Platform platform);

struct CommandSelf
{
  std::string name;          ///< "sluice-secrets"
  std::string help;          ///< what --help prints
  std::string_view section;  ///< of the configuration file; empty if the command has none
};

/// Begins a command that runs gates: fills `setup` (whose table is described already) from the command line, the
/// environment, the event and the configuration files. Error: the exit status to end with, because a text was asked for
/// and is printed, or because something is wrong and was said.
[[nodiscard]] tl::expected<CommandLine, int> begin_command(Setup& setup, const Invocation& invocation,
                                                           const CommandSelf& self);

/// Runs a gate to its report: prepare, run, judge. The report's context and timing are filled.
[[nodiscard]] Result<Report> run_to_report(Setup& setup, const Gate& gate, const GateType& type,
                                           const Invocation& invocation);

/// The whole executable `sluice-<gate>`: everything from arguments to sinks. Returns the exit status.
[[nodiscard]] int run_gate(const GateType& type, const Invocation& invocation);

}  // namespace sluice::cli
