// SPDX-License-Identifier: Apache-2.0
//
// How every command of ours begins: from arguments, environment, event and configuration to options that count.
#pragma once

#include "ci/ci_context.hpp"
#include "ci/trust.hpp"
#include "cli/command_line.hpp"
#include "cli/invocation.hpp"
#include "config/common_options.hpp"
#include "config/layers.hpp"
#include "gate/gate.hpp"

#include <functional>
#include <optional>

namespace sluice::cli {

/// The options, the platform and the repository of a run, put together in that order.
struct Setup
{
  std::vector<std::string> called;  ///< the words that begin this command: "sluice-secrets", or "sluice" and "check"
  CommandLine line;                 ///< as it was given
  config::CommonOptions options;
  config::OptionTable table;  ///< over `options`, and the gate's and the command's own
  ci::CiContext context;
  std::optional<git::Repository> repository;
  Gap no_repository;                ///< says so, where there is none
  std::vector<Gap> gaps;            ///< of the run, whatever a gate of it examines
  std::optional<Gap> unusable;      ///< what is there instead of a repository or directory and cannot be used
  std::filesystem::path directory;  ///< what is examined, absolute: the root of the repository, else --repo
  ci::GitRange range;
  ci::Trust trust;                     ///< whose configuration can weaken this run
  std::vector<Suppression> powerless;  ///< what the change's own file would allow and may not
  std::vector<std::string> notices;
};

/// Variables that set options on this platform.
[[nodiscard]] std::vector<config::VariableStyle> variable_styles(ci::Platform platform);

/// What a command tells of itself to whoever begins it.
struct CommandSelf
{
  /// Options that check themselves once all values are there, each with the section of the table that is theirs.
  using Checked = std::vector<std::pair<std::string_view, const gate::Options*>>;

  std::string_view tool;              ///< whose report tells of a failure: "secrets", "check"
  std::string name;                   ///< "sluice-secrets"
  std::function<std::string()> help;  ///< makes what --help prints
  std::size_t most_arguments = 0;
  Checked checked;
  bool has_own_formats = false;  ///< `--format` names none of a report's
};

/// Begins a command that judges: fills `setup` (whose table is described already) from the command line, the
/// environment, the event and the configuration files. Error: the exit status to end with, because a text was asked for
/// and is printed, or because something is wrong and was said and reported.
[[nodiscard]] tl::expected<CommandLine, int> begin_command(Setup& setup, const Invocation& invocation,
                                                           const CommandSelf& self);

}  // namespace sluice::cli
