// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"

#include <string>
#include <vector>

namespace sluice::config {
class OptionTable;
class OptionChecks;
}  // namespace sluice::config

namespace sluice::env {

struct ParseOptions
{
  std::string dialect;             ///< id of one
  std::vector<std::string> outer;  ///< "NAME=VALUE" of the environment that references see
  bool show_values = false;        ///< themselves, in place of their digests
};

void describe(ParseOptions& options, config::OptionTable& table);
void check(const ParseOptions& options, config::OptionChecks& checks);

/// Prints what a dialect makes of a file as one JSON object, in the order of the file: of each key the SHA-256 of its
/// value in hexadecimal, null where it has none, and "executes" where only running something gives it. Of a file that
/// the program refuses it prints null and fails; no text of the file is in the note. Errors: ErrorKind::input: the file
/// cannot be read.
[[nodiscard]] Result<gate::CommandOutcome> parse_command(const ParseOptions& options, const gate::CommandInput& input);

}  // namespace sluice::env
