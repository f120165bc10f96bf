// SPDX-License-Identifier: Apache-2.0
#pragma once

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
  std::function<void(const Option&, Position key)> skipped;  ///< told of what `may_set` refused; may be empty
};

/// Fills the options of `table` from a mapping. Appends one "file:line:col: what (did you mean …?)" per defect to
/// `problems`, all of them at once.
/// An option that only the operator may set is a defect, and so is a tool's own option outside its section.
/// An option that is present replaces what an earlier layer said, whole (lists, maps and records too); null empties
/// these. In the section of one of several tools an option that is common to all is left to that tool's own run: the
/// table has one value for all of them.
void decode_mapping(OptionTable& table, const YamlNode& mapping, std::string_view file, const DecodeScope& scope,
                    std::vector<std::string>& problems);

/// Fills the options of `table` from a mapping that is a record of its own, and misses those that are required.
void decode_record(OptionTable& table, const YamlNode& node, std::string_view file, std::vector<std::string>& problems);

}  // namespace sluice::config
