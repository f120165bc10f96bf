// SPDX-License-Identifier: Apache-2.0
#include "deps/included_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

/// With the best scope, by file and identity.
using Told = std::unordered_map<std::string_view, std::unordered_map<std::string, Scope>>;

std::string
identity(const Package& package)
{
  return fmt::format("{}\n{}", package.name, package.version);
}

/// What each file that others include says itself.
Told
told_by_included(const LockedFiles& locked, std::string_view prefix)
{
  Told told;
  for (const LockedFile& file : locked.files) {
    for (const Package& package : file.list.packages()) {
      if (!package.written_in.empty()) {
        told[package.written_in];
      }
    }
  }
  for (const LockedFile& file : locked.files) {
    const auto at = told.find(std::string_view(file.list.path).substr(prefix.size()));
    for (const Package& package : at == told.end() ? std::span<const Package>() : file.list.packages()) {
      const auto [known, is_new] = at->second.emplace(identity(package), package.scope);
      known->second = std::min(known->second, package.scope);
    }
  }
  return told;
}

}  // namespace

void
leave_out_includes(LockedFiles& locked, std::string_view prefix)
{
  const Told told = told_by_included(locked, prefix);
  if (told.empty()) {
    return;
  }
  for (LockedFile& file : locked.files) {
    file.list.leave_out([&told](const Package& package) {
      if (package.written_in.empty()) {
        return false;
      }
      const auto& there = told.at(package.written_in);
      const auto known = there.find(identity(package));
      return known != there.end() && known->second <= package.scope;
    });
  }
  std::unordered_set<std::string> gaps;
  std::erase_if(locked.gaps,
                [&gaps](const Gap& gap) { return !gaps.insert(fmt::format("{}\n{}", gap.subject, gap.why)).second; });
}

}  // namespace sluice::deps
