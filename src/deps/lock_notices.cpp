// SPDX-License-Identifier: Apache-2.0
#include "deps/lock_notices.hpp"

#include "base/text.hpp"
#include "deps/action_reference.hpp"
#include "deps/integrity.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::deps {

namespace {

constexpr std::size_t most_stale = 10;

/// Whether it has packages that should have one, and none has.
bool
is_without_integrity(const LockedFile& file)
{
  if (file.format->hashed != Hashed::all) {
    return false;
  }
  bool has_packages = false;
  for (const Package& package : file.list.packages()) {
    if (package.part == Part::third_party && package.source == Source::registry && !package.version.empty()
        && !package.may_lack_integrity) {
      if (!package.integrity.empty() || !hashes_of(package).empty()) {
        return false;
      }
      has_packages = true;
    }
  }
  return has_packages;
}

void
tell_without_integrity(const LockedFiles& locked, std::vector<std::string>& notices)
{
  constexpr std::size_t most_named = 5;
  std::vector<std::string> paths;
  std::size_t count = 0;
  for (const LockedFile& file : locked.files) {
    if (is_without_integrity(file) && ++count <= most_named) {
      paths.push_back(printable(file.list.path));
    }
  }
  if (count != 0) {
    notices.push_back(fmt::format(
        "{}{} {} no hash for any package: whatever is served under its name is installed", join(paths, ", "),
        count > most_named ? fmt::format(" and {} others", count - most_named) : "", count == 1 ? "has" : "have"));
  }
}

/// A commit has no order to versions. What is judged is the word of whoever wrote the comment beside it.
void
tell_versions_of_comments(const LockedFiles& locked, std::vector<std::string>& notices)
{
  std::size_t count = 0;
  for (const LockedFile& file : locked.files) {
    const auto packages = file.format->id == "github-workflow" ? file.list.packages() : std::span<const Package>();
    count += static_cast<std::size_t>(std::count_if(packages.begin(), packages.end(), [](const Package& package) {
      return is_commit_id(package.integrity) && !is_commit_id(package.version);
    }));
  }
  if (count != 0) {
    notices.push_back(
        fmt::format("{} pinned by commit {} judged by the version that the comment beside it tells, which "
                    "nothing here confirms",
                    counted(count, "action", "actions"), count == 1 ? "is" : "are"));
  }
}

}  // namespace

std::vector<std::string>
lock_notices(const LockedFiles& locked)
{
  std::vector<std::string> notices;
  tell_versions_of_comments(locked, notices);
  tell_without_integrity(locked, notices);
  for (const LockedFile& file : locked.files) {
    if (file.list.is_refused()) {
      continue;
    }
    std::vector<std::string> stale = stale_entries(file.consent, file.list);
    const std::size_t count = stale.size();
    stale.resize(std::min(count, most_stale));
    notices.insert(notices.end(), stale.begin(), stale.end());
    if (count > most_stale) {
      notices.push_back(fmt::format("{} further entries about install scripts name packages that {} does not have",
                                    with_thousands(count - most_stale), printable(file.list.path)));
    }
  }
  return notices;
}

}  // namespace sluice::deps
