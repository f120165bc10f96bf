// SPDX-License-Identifier: Apache-2.0
//
// Everything in the repository that is written by a program: from the gates' options and rules, by `sluice-dev
// generate`.
#pragma once

#include "base/result.hpp"
#include "cli/gate.hpp"
#include "cli/invocation.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace sluice::dev {

struct GeneratedFile
{
  std::string path;  ///< relative to the root of the project
  std::string text;
};

[[nodiscard]] std::string configuration_schema(std::span<const cli::GateType> gates);
[[nodiscard]] std::vector<GeneratedFile> action_manifests(std::span<const cli::GateType> gates);
[[nodiscard]] std::vector<GeneratedFile> gitlab_templates(std::span<const cli::GateType> gates);
[[nodiscard]] std::vector<GeneratedFile> man_pages(std::span<const cli::GateType> gates);
[[nodiscard]] std::vector<GeneratedFile> completions(std::span<const cli::GateType> gates);
/// docs/rules/<id>.md with the fixture under `root` and what the gate really prints for it.
[[nodiscard]] Result<std::vector<GeneratedFile>> rule_pages(std::span<const cli::GateType> gates,
                                                            const std::filesystem::path& root);
/// README.md with the text between its markers replaced.
[[nodiscard]] Result<GeneratedFile> readme(std::span<const cli::GateType> gates, const std::filesystem::path& root);

/// `sluice-dev generate [--check]` in the working directory. Returns the exit status; with --check 1 if a file differs,
/// after printing the difference and the command that mends it.
[[nodiscard]] int run_dev(std::span<const cli::GateType> gates, const cli::Invocation& invocation);

}  // namespace sluice::dev
