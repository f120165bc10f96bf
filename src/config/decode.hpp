// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_table.hpp"
#include "config/yaml_document.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::config {

/// Fills the options of `table` from a mapping. Appends one "file:line:col: what (did you mean …?)" per defect to
/// `problems`, all of them at once. Keys in `other_keys` belong to somebody else and are skipped.
/// An option that is present replaces what an earlier layer said, whole (lists and records too).
void decode_mapping(OptionTable& table, const YamlNode& mapping, std::string_view file,
                    const std::set<std::string_view>& other_keys, std::vector<std::string>& problems);

/// Variables whose name is `prefix` + the key in the platform's spelling.
struct VariableStyle
{
  std::string_view prefix;  ///< "INPUT_", "PLUGIN_", "SLUICE_"
  enum class Hyphen { kept, underscore } hyphen = Hyphen::kept;
  enum class Unknown { refused, ignored } unknown = Unknown::refused;
};

/// Sets options from environment variables; an empty variable counts as absent (GitHub cannot tell the two apart).
/// Names in `also_known` (without prefix, lower-case, hyphens) are accepted and left alone.
void decode_variables(OptionTable& table, const std::map<std::string, std::string>& environment, VariableStyle style,
                      const std::set<std::string_view>& also_known, std::vector<std::string>& problems);

}  // namespace sluice::config
