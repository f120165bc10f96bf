// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the programs that read our output make of it: the log grammar of GitHub's runner, the one of act, and the
/// file-command format, each written from its documented behaviour.
namespace sluice::test {

struct RunnerCommand
{
  std::string name;
  std::map<std::string, std::string> properties;
  std::string data;
};

/// Commands of both forms, `::name …::data` at the start of a line and `##[name …]data` anywhere, for any
/// name that the runner registers.
[[nodiscard]] std::vector<RunnerCommand> github_commands(std::string_view output);

/// act splits at the last `::` of the line, takes any name, and drops properties whose value holds `=`.
[[nodiscard]] std::vector<RunnerCommand> act_commands(std::string_view output);

/// Names and values of a GITHUB_OUTPUT file; nothing where the runner would fail the step.
[[nodiscard]] std::optional<std::vector<std::pair<std::string, std::string>>> file_command(std::string_view text);

}  // namespace sluice::test
