// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/decode.hpp"
#include "config/option_table.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::config {

/// A configuration file as text, or its absence.
struct ConfigFile
{
  std::string name;                 ///< as messages show it
  std::optional<std::string> text;  ///< nothing: there is no such file
};

/// Where option values come from, weakest first.
struct Layers
{
  ConfigFile file;  ///< of the checkout
  /// Set if the checkout is a change under test: the base branch's file, the only one that counts for options of
  /// Trust::base_ref.
  std::optional<ConfigFile> base_file;
  std::set<std::string_view> other_keys;  ///< sections of other tools
  std::string_view section;               ///< of this tool
  Environment environment;
  std::vector<VariableStyle> styles;                       ///< which variables count on this platform
  std::set<std::string_view> other_variables;              ///< known to another part of the program
  std::vector<std::pair<std::string, std::string>> flags;  ///< key and value; several of one list add up
};

/// Fills the table from every layer: built-in < file < environment < flag. Returns notices (what a pull request's own
/// file said and does not count), or every defect of every layer at once (ErrorKind::config, or usage if all are
/// flags').
[[nodiscard]] Result<std::vector<std::string>> apply_layers(OptionTable& table, const Layers& layers);

/// Only environment and flags: enough to know where the repository and the file are. Defects are left to apply_layers.
void apply_operator_layers(OptionTable& table, const Layers& layers);

/// One option per line, "key = value", with its origin as a comment: what --show-config prints.
[[nodiscard]] std::string show_config(const OptionTable& table);

}  // namespace sluice::config
