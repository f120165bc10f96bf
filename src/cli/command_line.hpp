// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "config/option_table.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::cli {

/// Name ("scope", "secrets.scope") and value, in order.
using Flags = std::vector<std::pair<std::string, std::string>>;

struct CommandLine
{
  Flags flags;
  std::vector<std::string> positional;

  [[nodiscard]] bool has(std::string_view key) const;
};

/// Reads `--key VALUE`, `--tool.key VALUE`, `--key=VALUE`, `-k`, a bare `--key` for a toggle. An unknown flag is an
/// ErrorKind::usage with a did-you-mean; more than `max_positional` other arguments likewise. Values are not examined
/// yet.
[[nodiscard]] Result<CommandLine> parse_command_line(const config::OptionTable& table,
                                                     std::span<const std::string> arguments,
                                                     std::size_t max_positional = 0);

/// The values of one flag in arguments that cannot be read as a whole: who mistyped another flag still gets the reports
/// that this one asks for.
[[nodiscard]] Flags flags_given(std::string_view name, std::span<const std::string> arguments);

}  // namespace sluice::cli
