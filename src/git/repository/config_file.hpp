// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::git {

/// The text of a git configuration file, read with git's own syntax (git-config(1), "Syntax"). Nothing in it is
/// obeyed: `include` is an entry like any other.
class GitConfig
{
public:
  struct Entry
  {
    std::string name;   ///< "core.bare", "remote.Origin.promisor": subsections keep their case, the rest is lower
    std::string value;  ///< "true" for a key without `=`
  };

  /// Fails, as git does, at the first line that it cannot read. `name` is for the message.
  [[nodiscard]] static Result<GitConfig> parse(std::string_view text, std::string_view name);

  /// The last value of an entry.
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const;

  /// The last value as git reads a boolean; nothing if there is none or it is not one.
  [[nodiscard]] std::optional<bool> get_bool(std::string_view name) const;

  [[nodiscard]] std::span<const Entry>
  entries() const
  {
    return entries_;
  }

private:
  std::vector<Entry> entries_;
};

/// `true`, `yes`, `on` and numbers other than 0; `false`, `no`, `off`, 0 and nothing.
[[nodiscard]] std::optional<bool> config_bool(std::string_view value);

}  // namespace sluice::git
