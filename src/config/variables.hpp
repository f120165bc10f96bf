// SPDX-License-Identifier: Apache-2.0
//
// Options from environment variables. A variable is called prefix + key, or prefix + section + key for one tool alone:
// SLUICE_EXCLUDE is for every tool that has such an option, SLUICE_SECRETS_EXCLUDE for one, and the latter wins in
// whatever order they come and whatever prefixes they have.
//
// A prefix is not ours alone: SLUICE_VERSION may be a build argument and PLUGIN_… another program's. So an unknown
// variable is a notice, and an error only if it is one edit from a known one, since then it was most likely meant and
// the gate would run without what it was told.
#pragma once

#include "base/environment.hpp"
#include "config/option_table.hpp"

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::config {

/// How a platform spells variables.
struct VariableStyle
{
  std::string_view prefix;                                       ///< "INPUT_", "PLUGIN_", "SLUICE_"
  enum class Hyphen { kept, underscore } hyphen = Hyphen::kept;  ///< GitHub keeps it: INPUT_FAIL-ON
};

/// What an option is called as a variable of this style: "SLUICE_FAIL_ON" for "fail-on".
[[nodiscard]] std::string variable_name(std::string_view option, const VariableStyle& style);

/// What the variable, which begins with the style's prefix, calls its option: lower-case, with hyphens where the style
/// has them as underscores.
[[nodiscard]] std::string option_name(std::string_view variable, const VariableStyle& style);

struct Variables
{
  const Environment& environment;
  std::span<const VariableStyle> styles;  ///< a later one wins
  /// Without prefix, lower-case, hyphens: known to another part of the program, and left alone.
  const std::set<std::string_view>& also_known;
  /// Names of tools: variables of those whose section the table does not hold are left alone.
  const std::set<std::string_view>& other_sections;
};

/// What is to be told about options that were given.
struct Remarks
{
  std::vector<std::string> problems;
  std::vector<std::string> notices;
};

/// Sets options from environment variables; an empty variable counts as absent (GitHub cannot tell the two apart).
void decode_variables(OptionTable& table, const Variables& variables, Remarks& remarks);

}  // namespace sluice::config
