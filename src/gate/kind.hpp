// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace sluice::gate {

/// What a gate has many of, one file each: src/<room>/<name>/<id>.cpp, with its cases in
/// fixtures/<gate>/<name>/<id>/<case>/{input, expected}. The KINDS of a gate in CMakeLists.txt are the names.
struct Kind
{
  std::string_view name;
  std::span<const std::string_view> ids;  ///< sorted
  /// What `expected` holds for the `input` of a case, a file or a directory. Null for rules: of those it is what the
  /// gate finds, "line:column rule-id" a line.
  Result<std::string> (*render)(std::string_view id, const std::filesystem::path& input) = nullptr;
  std::string_view room = {};  ///< the directory of src/ that has them; empty: the gate's own
};

}  // namespace sluice::gate
