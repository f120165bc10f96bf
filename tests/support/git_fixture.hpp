// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/path.hpp"

#include <concepts>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::test {

/// A real repository in a temporary directory, made by the real git with a scrubbed environment (no user or system
/// configuration, fixed names, dates that grow by a minute per git command) so that every object id is reproducible.
/// The branch is `main`. What is put beside `path()` (worktrees, submodules) is removed with the fixture.
class GitFixture
{
public:
  /// `init` arguments: {"--bare"}, {"--object-format=sha256"}, …
  explicit GitFixture(const std::vector<std::string>& init = {});
  /// Takes a directory that is a repository already (a clone, a worktree).
  explicit GitFixture(std::same_as<std::filesystem::path> auto existing)
      : path_(std::move(existing))
  {}

  /// Runs git in the repository; throws with git's message if it fails, else returns its output without the final
  /// newline.
  std::string git(const std::vector<std::string>& arguments, std::string_view input = {});
  void write(std::string_view path, std::string_view content);
  /// Stages everything, commits, returns the commit's id.
  std::string commit(std::string_view message);
  std::string commit(std::string_view path, std::string_view content, std::string_view message);
  /// `git clone` with arguments ({"--depth", "1"}) into a new temporary directory, over file://.
  GitFixture clone(const std::vector<std::string>& arguments);

  [[nodiscard]] const std::filesystem::path&
  path() const
  {
    return path_;
  }

private:
  GitFixture(TemporaryDirectory owned, std::filesystem::path path, int minutes);

  std::optional<TemporaryDirectory> owned_;
  std::filesystem::path path_;
  int minutes_ = 0;  ///< of the clock that git sees
};

}  // namespace sluice::test
