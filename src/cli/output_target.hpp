// SPDX-License-Identifier: Apache-2.0
//
// Where `--format NAME[=FILE]` has something written, whether reports or what a command makes.
#pragma once

#include "cli/setup.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace sluice::cli {

struct OutputTarget
{
  std::string name;  ///< of the format
  std::string file;  ///< as it was given; empty: standard output
};

/// Errors (ErrorKind::usage): the format is none of those known, with a did-you-mean; no file after the =.
[[nodiscard]] Result<OutputTarget> parse_target(std::string_view text, std::span<const std::string_view> known);

/// Errors: two to standard output or to one file (ErrorKind::usage); as of check_target.
[[nodiscard]] Result<> check_targets(std::span<const OutputTarget> targets, const Setup& setup,
                                     const Invocation& invocation);

/// Errors (ErrorKind::environment): the file cannot be written, or would be through a symbolic link of the examined
/// tree.
[[nodiscard]] Result<> check_target(const OutputTarget& target, const Setup& setup, const Invocation& invocation);

[[nodiscard]] std::filesystem::path file_of(const OutputTarget& target, const Invocation& invocation);

/// A file is replaced whole; a device or a pipe (/dev/stdout) is written to.
[[nodiscard]] Result<> write_target(const OutputTarget& target, std::string_view text, const Invocation& invocation);

}  // namespace sluice::cli
