// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/entries.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace sluice::env {

/// Whether dotenvx would run something of the value: a `$(` with its closing bracket, where quotes and backslashes
/// inside count as in a shell and a backslash in front does not.
[[nodiscard]] bool has_command(std::string_view value);

/// The references of one file as dotenvx replaces them.
class DotenvxReferences
{
public:
  /// `file_size` in bytes bounds the work of all values together.
  DotenvxReferences(const Entries& entries, std::size_t file_size);

  [[nodiscard]] Expansion expand(std::string value);
  /// The variable was between single quotes: a reference to it whose value looks like one is not followed further.
  void note_literal(const std::string& key, std::string_view value);

  [[nodiscard]] const Entries&
  entries() const
  {
    return entries_;
  }

private:
  struct Match;
  struct Found;
  [[nodiscard]] Found look_up(std::string_view name) const;
  [[nodiscard]] std::string replacement_of(const Match& match, const Found& found) const;

  const Entries& entries_;
  std::set<std::string, std::less<>> literals_;
  std::size_t work_left_;
};

}  // namespace sluice::env
