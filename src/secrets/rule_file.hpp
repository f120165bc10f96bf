// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "config/yaml_document.hpp"
#include "finding/severity.hpp"
#include "secrets/checksum.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::secrets {

/// A template of a rule file (template.hpp) and where it stands.
struct Sample
{
  std::string text;
  config::Mark mark;
};

/// A rule as it is written down. Read at build time by sluice-rulec and at test time for the samples.
struct RuleFile
{
  std::string id, title, since, doc;
  Severity severity = Severity::medium;
  Confidence confidence = Confidence::medium;
  std::vector<std::string> tags;
  std::string pattern;
  std::string candidate;  ///< the pattern if the file names none
  std::uint32_t max_length = 1024;
  Checksum checksum = Checksum::none;
  double min_entropy = 0;
  std::vector<std::string> deny_secrets, deny_context;
  std::vector<Sample> examples, counter_examples;
};

/// Reads and checks one file: keys, types, id (kebab-case and the file's name), headings of the documentation, and that
/// RE2 and Vectorscan take the patterns. All defects at once, each "file:line:col: what".
[[nodiscard]] Result<RuleFile> parse_rule_file(std::string_view text, std::string_view file);

/// Every `*.yml` of a directory, by id. All defects of all files at once.
[[nodiscard]] Result<std::vector<RuleFile>> read_rule_files(const std::filesystem::path& directory);

/// The literal text with which every match of an RE2 pattern's secret begins: "ghp_" of `\b(?P<secret>ghp_[0-9]{4})`.
[[nodiscard]] std::string literal_prefix(std::string_view pattern);

}  // namespace sluice::secrets
