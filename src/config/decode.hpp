// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"
#include "config/option_table.hpp"
#include "config/yaml_document.hpp"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::config {

/// Which options a mapping may set.
struct DecodeScope
{
  std::string_view section;                    ///< the tool whose section this is; empty: the top of the file
  std::set<std::string_view> other_keys;       ///< keys that belong to somebody else and are skipped
  std::function<bool(const Option&)> may_set;  ///< others are skipped; empty: all may be set
};

/// Fills the options of `table` from a mapping. Appends one "file:line:col: what (did you mean …?)" per defect to
/// `problems`, all of them at once.
/// An option that only the operator may set is a defect, and so is a tool's own option outside its section.
/// An option that is present replaces what an earlier layer said, whole (lists and records too).
void decode_mapping(OptionTable& table, const YamlNode& mapping, std::string_view file, const DecodeScope& scope,
                    std::vector<std::string>& problems);

/// Fills the options of `table` from a mapping that is a record of its own, and misses those that are required.
void decode_record(OptionTable& table, const YamlNode& node, std::string_view file, std::vector<std::string>& problems);

/// Variables whose name is `prefix` + the key in the platform's spelling.
struct VariableStyle
{
  std::string_view prefix;  ///< "INPUT_", "PLUGIN_", "SLUICE_"
  enum class Hyphen { kept, underscore } hyphen = Hyphen::kept;
  enum class Unknown { refused, ignored } unknown = Unknown::refused;
};

/// Sets options from environment variables; an empty variable counts as absent (GitHub cannot tell the two apart).
/// Names in `also_known` (without prefix, lower-case, hyphens) are accepted and left alone.
void decode_variables(OptionTable& table, const Environment& environment, VariableStyle style,
                      const std::set<std::string_view>& also_known, std::vector<std::string>& problems);

}  // namespace sluice::config
