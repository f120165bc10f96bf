// SPDX-License-Identifier: Apache-2.0
//
// Everything in the repository that is written by a program: from the gates' options and rules, by `sluice-dev
// generate`.
#pragma once

#include "base/result.hpp"
#include "cli/invocation.hpp"
#include "gate/gate.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace sluice::dev {

using Gates = std::span<const gate::Type* const>;

struct GeneratedFile
{
  std::string path;  ///< relative to the root of the project
  std::string text;
};

[[nodiscard]] std::string configuration_schema(Gates gates);
[[nodiscard]] std::vector<GeneratedFile> action_manifests(Gates gates);
[[nodiscard]] std::vector<GeneratedFile> gitlab_templates(Gates gates);
[[nodiscard]] std::vector<GeneratedFile> man_pages(Gates gates);
[[nodiscard]] std::vector<GeneratedFile> completions(Gates gates);
/// docs/rules/<id>.md with the fixture under `root` and what the gate really prints for it.
[[nodiscard]] Result<std::vector<GeneratedFile>> rule_pages(Gates gates, const std::filesystem::path& root);
/// README.md with the text between its markers replaced.
[[nodiscard]] Result<GeneratedFile> readme(Gates gates, const std::filesystem::path& root);

/// `sluice-dev generate [--check]` in the working directory. Returns the exit status; with --check 1 if a file differs,
/// after printing the difference and the command that mends it.
[[nodiscard]] int run_dev(Gates gates, const cli::Invocation& invocation);

}  // namespace sluice::dev
