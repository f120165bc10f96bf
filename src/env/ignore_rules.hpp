// SPDX-License-Identifier: Apache-2.0
//
// What the `.gitignore` files of a tree say of a path, also where there is no repository: a schema that they hide is on
// its author's disk and nowhere else.
#pragma once

#include "gate/file_tree.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// One line of a `.gitignore`.
struct IgnorePattern
{
  std::string glob;           ///< without what the flags below say
  bool is_negated = false;    ///< `!`
  bool is_anchored = false;   ///< a slash before its end: counts from the directory of the file
  bool is_directory = false;  ///< `/` at its end
  std::uint32_t line = 0;
};

/// Of gitignore(5); comments and empty lines are left out.
[[nodiscard]] std::vector<IgnorePattern> parse_ignore_file(std::string_view text);

/// The line that decides that a path is ignored.
struct Ignored
{
  std::string path;  ///< of the `.gitignore`
  std::uint32_t line = 0;
};

class IgnoreRules
{
public:
  /// `tree` must outlive it.
  explicit IgnoreRules(const gate::FileTree& tree)
      : tree_(tree)
  {}

  /// Nothing if the path is not ignored; whether it is tracked all the same does not count.
  [[nodiscard]] std::optional<Ignored> ignored(std::string_view path);

private:
  [[nodiscard]] const std::vector<IgnorePattern>& patterns_of(const std::string& directory);
  /// Whether some pattern says yes or no of this one file or directory.
  [[nodiscard]] std::optional<Ignored> decided(std::string_view path, bool is_directory, bool& is_negated);

  const gate::FileTree& tree_;
  std::map<std::string, std::vector<IgnorePattern>, std::less<>> files_;
};

}  // namespace sluice::env
