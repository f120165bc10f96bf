// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/wrap.hpp"
#include "config/option_table.hpp"
#include "gate/gate.hpp"

#include <span>
#include <string>
#include <string_view>

namespace sluice::cli {

/// "-q, --quiet" or "    --fail-on SEVERITY".
[[nodiscard]] std::string flag_usage(const config::OptionSpec& spec);

/// Help sentence plus choices and the built-in value: "The least … run. One of none, low, …; default low."
[[nodiscard]] std::string full_help(const config::Option& option);

/// A line of a list and its further ones: the name, then its description from `column` on, below the name where that
/// reaches so far. No line is longer than `width`, unless a word is.
[[nodiscard]] std::string described(std::string_view name, std::string_view description, std::size_t column,
                                    std::size_t width);

/// All options, the tool's own first, then the common ones.
[[nodiscard]] std::string option_help(const config::OptionTable& table, std::size_t width);

/// What `--help` of a gate prints.
[[nodiscard]] std::string gate_help(const gate::Type& type, const config::OptionTable& table, std::size_t width);

/// What `--help` of one of its commands prints.
[[nodiscard]] std::string command_help(const gate::Type& type, const gate::Command& command,
                                       const config::OptionTable& table, std::size_t width);

/// What `--help` of the first word that several commands share prints.
[[nodiscard]] std::string group_help(const gate::Type& type, std::span<const gate::Command* const> commands,
                                     std::size_t width);

/// The statuses with names and meanings, a line each, under a heading.
[[nodiscard]] std::string exit_statuses(std::size_t width);

}  // namespace sluice::cli
