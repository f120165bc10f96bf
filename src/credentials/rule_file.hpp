// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "credentials/checksum.hpp"
#include "finding/rule_meta.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::credentials {

/// A rule as it is written down. Read at build time by sluice-rulec and at test time for the samples.
struct RuleFile
{
  std::string id, title, since;
  std::string what, why, instead, known_problems;
  std::vector<std::string> references;
  RuleState state = RuleState::stable;
  Severity severity = Severity::medium;
  Confidence confidence = Confidence::medium;
  std::vector<std::string> tags;
  std::string pattern;
  std::string candidate;           ///< the pattern if the file names none
  std::int64_t max_length = 1024;  ///< bytes
  Checksum checksum = Checksum::none;
  double min_entropy = 0;
  std::vector<std::string> deny_secrets, deny_context;
  std::vector<std::string> examples, counter_examples;  ///< templates (template.hpp)
};

/// Reads and checks one file: keys, types, id (kebab-case and the file's name), and that
/// RE2 and Vectorscan take the patterns. All defects at once, each "file:line:col: what".
[[nodiscard]] Result<RuleFile> parse_rule_file(std::string_view text, std::string_view file);

/// Every `*.yml` of a directory, by id. All defects of all files at once.
[[nodiscard]] Result<std::vector<RuleFile>> read_rule_files(const std::filesystem::path& directory);

/// The literal text with which every match of an RE2 pattern's secret begins: "ghp_" of `\b(?P<secret>ghp_[0-9]{4})`.
[[nodiscard]] std::string literal_prefix(std::string_view pattern);

}  // namespace sluice::credentials
