// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "finding/location.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::config {

enum class YamlKind { null, scalar, sequence, mapping };

struct YamlEntry;

/// A value of a YAML document, without anchors, tags or other cleverness.
struct YamlNode
{
  YamlKind kind = YamlKind::null;
  Position where{1, 1};
  std::string scalar;
  bool quoted = false;             ///< a quoted scalar is never null or a boolean
  std::vector<YamlNode> items;     ///< of a sequence
  std::vector<YamlEntry> entries;  ///< of a mapping, in file order; keys are scalars

  [[nodiscard]] const YamlNode* find(std::string_view key) const;
};

/// A key and its value. A type of its own because clang cannot instantiate a pair of a type that is still incomplete.
struct YamlEntry
{
  YamlEntry(YamlNode key, YamlNode value)
      : first(std::move(key)),
        second(std::move(value))
  {}

  YamlNode first;
  YamlNode second;
};

/// Whether two values are the same, wherever they stand and however they are quoted.
[[nodiscard]] bool says_the_same(const YamlNode& a, const YamlNode& b);

/// "file:line:col", as in every message about configuration.
[[nodiscard]] std::string place(std::string_view file, Position where);

/// Reads the one document of a file of at most 1 MiB, 64 levels and 100,000 nodes (aliases count as often as they
/// are used). Duplicate keys, several documents and keys that are not scalars are errors; each error is
/// "file:line:col: what".
[[nodiscard]] Result<YamlNode> parse_yaml(std::string_view text, std::string_view file);

}  // namespace sluice::config
