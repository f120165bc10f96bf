// SPDX-License-Identifier: Apache-2.0
//
// A value can come from four places, and who can write there differs: the product, the repository, the pipeline, the
// person at the keyboard. The nearer to the run, the stronger, so that a pipeline can overrule the repository that it
// serves, and a flag can try what no file says.
//
// Of a change under test there are two files, the base branch's and its own. A rule for whole files has too few
// answers: what can weaken a gate must not be the change's to say, what cannot may be, and where a gate looks or how it
// answers is the operator's business even if both files agree. Trust is therefore a property of the option, said once
// where it is described. Each option is read from one file only: two that are merged would let the change add to a list
// which it may not set.
#pragma once

#include "config/option_table.hpp"
#include "config/variables.hpp"

#include <functional>
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

/// Where option values come from, weakest first. The sections of the file that count are those of the table.
struct Layers
{
  ConfigFile file;  ///< of the checkout
  /// The file of the branch that the checkout is to end up in, if it is known.
  std::optional<ConfigFile> base_file;
  /// Which of the two counts for options of Trust::base_ref. The base's does wherever the checkout may be somebody's
  /// who may not decide; then it counts even if it is not there.
  enum class Which { own, base } which = Which::own;
  std::set<std::string_view> other_keys;      ///< of the file, that another part of the program reads
  std::set<std::string_view> other_sections;  ///< every tool; those whose options the table holds do not count
  Environment environment;
  std::vector<VariableStyle> styles;           ///< which variables count on this platform
  std::set<std::string_view> other_variables;  ///< keys known to another part of the program
  /// Name ("scope", "secrets.scope") and value; several of one list or map add up.
  std::vector<std::pair<std::string, std::string>> flags;
  /// Makes a path that a flag gave one from the root of the work tree; null leaves it as it is.
  std::function<std::string(std::string_view)> rebase;
  /// Makes a place (Holds::place) that a layer gave an absolute path; null leaves it as it is.
  std::function<std::string(std::string_view, Layer)> locate;
};

/// Fills the table from every layer: built-in < file < environment < flag, and in the latter two a name with its tool
/// over one without. Returns notices (what a change's own file says that does not count, or that counts here and would
/// not in a request; variables that mean nothing), or every defect of every layer at once (ErrorKind::config, or usage
/// if all are flags').
[[nodiscard]] Result<std::vector<std::string>> apply_layers(OptionTable& table, const Layers& layers);

/// Only environment and flags: enough to know where the repository and the file are. Defects are left to apply_layers.
void apply_operator_layers(OptionTable& table, const Layers& layers);

}  // namespace sluice::config
