// SPDX-License-Identifier: Apache-2.0
#include "deps/brought_database.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sluice::deps {

namespace {

namespace fs = std::filesystem;

/// As large as an index may be.
constexpr std::uint64_t max_database_bytes = std::uint64_t{1} << 30U;

/// Where `inner` lies in `outer`; nothing if it does not.
std::optional<std::string>
place_in(const fs::path& outer, const fs::path& inner)
{
  std::error_code failed;
  const fs::path real_outer = fs::weakly_canonical(outer, failed);
  const fs::path real_inner = fs::weakly_canonical(inner, failed);
  const std::string relative = real_inner.lexically_relative(real_outer).generic_string();
  const bool is_inside = !failed && !relative.empty() && !relative.starts_with("..");
  return is_inside ? std::optional(relative == "." ? std::string() : relative + "/") : std::nullopt;
}

std::set<std::string>
tracked_below(const gate::FileTree& tree, const std::string& directory)
{
  std::set<std::string> files;
  for (std::string& file : tree.tracked().files) {
    if (file.starts_with(directory)) {
      files.insert(std::move(file));
    }
  }
  return files;
}

}  // namespace

std::optional<Gap>
brought_database(const gate::ChangeTree& tree, const fs::path& repository, const fs::path& database)
{
  const auto directory = tree.before == nullptr ? std::nullopt : place_in(repository, database);
  if (!directory) {
    return std::nullopt;
  }
  std::set<std::string> files = tracked_below(*tree.after, *directory);
  files.merge(tracked_below(*tree.before, *directory));
  const auto is_changed = [&tree](const std::string& file) {
    const auto after = tree.after->read(file, max_database_bytes);
    const auto before = tree.before->read(file, max_database_bytes);
    return !after || !before || *after != *before;
  };
  const auto changed = std::find_if(files.begin(), files.end(), is_changed);
  if (changed == files.end()) {
    return std::nullopt;
  }
  return Gap{GapKind::unjudged, tree.prefix + *changed,
             "is part of the advisory database, and the change that is judged by it brings it along",
             "Update the database in a change of its own, or keep it outside of the repository"};
}

}  // namespace sluice::deps
