// SPDX-License-Identifier: Apache-2.0
//
// A rule looks at the whole survey, or at one value at a time: it has the function for the narrower one if that shows
// it what it has to see. It keeps no state. What it says names keys, files and environments, and nothing of a value.
#pragma once

#include "env/style.hpp"
#include "env/survey.hpp"
#include "finding/finding.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

inline constexpr std::string_view tool_name = "env";

/// One value of one dotenv file, with what its name and place tell.
struct ValueContext
{
  const Survey& survey;
  const DotenvFile& file;
  const Entry& entry;
  std::string_view key;
  std::string_view value;  ///< not empty, and no reference to a secret that is kept elsewhere
  Stage stage = Stage::unknown;
  const Wanted* wanted = nullptr;  ///< null: no schema has it
};

/// What a rule found.
struct Remark
{
  std::string message;  ///< "DB_PASSWORD is …, so that …"
  std::string help;
  std::string subject = {};  ///< empty: made of the place's environment and `key`
  std::string key = {};      ///< the variable; empty: none
  std::optional<Severity> severity = {};
  std::vector<Fact> facts = {};
  std::vector<RelatedPlace> related = {};
  /// Tells findings of one rule at one key and file apart.
  std::string aspect = {};
};

struct Rule;

/// Makes findings of a rule. The excerpt is the key alone.
class Reporter
{
public:
  Reporter(const Rule& rule, const Survey& survey, std::vector<Finding>& found)
      : rule_(rule),
        survey_(survey),
        found_(found)
  {}

  /// At a key of a dotenv file.
  void report(const DotenvFile& file, const Entry& entry, Remark remark);
  /// At a line of any file; 0: the file as a whole.
  void report(std::string_view path, std::uint32_t line, Remark remark);

private:
  void add(Location where, std::string excerpt, Remark remark);

  const Rule& rule_;
  const Survey& survey_;
  std::vector<Finding>& found_;
};

/// Has one of the three functions.
struct Rule
{
  RuleMeta meta;
  /// Once.
  void (*check)(const Survey& survey, Reporter& reporter) = nullptr;
  /// For each value that a dotenv file has for its surest reader.
  void (*check_value)(const ValueContext& value, Reporter& reporter) = nullptr;
  /// For each dotenv file, where style is asked for.
  std::vector<StyleFault> (*check_style)(std::string_view text, const std::vector<StyleLine>& lines) = nullptr;
};

/// Every file of rules/, by id.
[[nodiscard]] std::span<const Rule* const> rules();
[[nodiscard]] std::span<const std::string_view> rule_ids();

}  // namespace sluice::env
