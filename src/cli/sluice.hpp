// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/invocation.hpp"
#include "config/option_table.hpp"
#include "gate/gate.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::cli {

/// A command of `sluice` itself.
struct SluiceCommand
{
  std::string_view name;
  std::string_view arguments;  ///< for the usage line, "[RULE…]"; empty: takes none
  std::string_view help;       ///< one sentence
};

/// Those that come before the gates, in the order in which help tells them.
[[nodiscard]] std::span<const SluiceCommand> sluice_commands();

/// What `sluice check` understands beside the options of every gate and of each.
struct CheckOptions
{
  std::vector<std::string> gates;
};

void describe(CheckOptions& options, config::OptionTable& table);

/// The executable `sluice`: runs the gates, merges and renders reports, explains rules, makes a first configuration.
/// Returns the exit status.
[[nodiscard]] int run_sluice(std::span<const gate::Face* const> gates, const Invocation& invocation);

/// `sluice check`: every configured gate as a process of its own, side by side; one verdict.
[[nodiscard]] int run_check(std::span<const gate::Face* const> gates, const Invocation& invocation);

/// `sluice report FILE…`: JSON reports in, any format out; the verdict is the worst of them.
[[nodiscard]] int run_report(const Invocation& invocation);

/// `sluice explain [RULE…]`: a rule's documentation, or the list of all rules.
[[nodiscard]] int run_explain(std::span<const gate::Face* const> gates, const Invocation& invocation);

/// `sluice init`: writes a commented .sluice.yml and a workflow for what the repository holds; never overwrites.
[[nodiscard]] int run_init(std::span<const gate::Face* const> gates, const Invocation& invocation);

}  // namespace sluice::cli
