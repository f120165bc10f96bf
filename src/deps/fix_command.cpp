// SPDX-License-Identifier: Apache-2.0
#include "deps/fix_command.hpp"

#include "base/shell.hpp"
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "deps/node_packages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace sluice::deps {

namespace {

/// Where the manifests are that name the package, from the lockfile's directory on; "" is that itself.
std::set<std::string>
naming_directories(const Hit& hit)
{
  const std::string_view root = directory_of(hit.file->list.path);
  std::set<std::string> directories;
  for (const ManifestLine& line : hit.route.named) {
    const std::string_view directory = directory_of(line.path);
    directories.emplace(root.empty()        ? directory
                        : directory == root ? std::string_view()
                                            : directory.substr(root.size() + 1));
  }
  return directories;
}

/// npm changes the manifest of the root unless it is told which.
std::string
npm_workspaces(const std::set<std::string>& directories)
{
  std::string flags;
  for (const std::string& directory : directories) {
    flags += directory.empty() ? "" : fmt::format(" -w {}", shell_word(directory));
  }
  return flags.empty() || !directories.contains("") ? flags : flags + " --include-workspace-root";
}

/// A command that names the package would add it beside its alias.
bool
is_asked_for_by_alias(const Hit& hit)
{
  const PackageList& list = hit.file->list;
  const auto packages = list.packages();
  return std::any_of(list.needs().begin(), list.needs().end(), [&](const Need& need) {
    const bool is_own = packages[need.from].part != Part::third_party;
    return is_own && packages[need.to].name == hit.entries.package.name && alias_in(need.range).has_value();
  });
}

bool
has_members(const PackageList& list)
{
  const auto packages = list.packages();
  return std::any_of(packages.begin(), packages.end(), [](const Package& each) { return each.part == Part::member; });
}

std::string_view
pattern_of(const Hit& hit)
{
  const Upgrade& upgrade = hit.file->format->upgrade;
  // What the project asks for admits it already, and then only the lockfile has to change.
  const Holds& holds = hit.route.holds;
  const bool is_only_locked = holds.admitting > 0 && holds.count == 0 && holds.unknown == 0;
  const bool is_direct = hit.entries.package.is_direct && !(is_only_locked && !upgrade.transitive.empty());
  return is_direct ? upgrade.direct : upgrade.transitive;
}

}  // namespace

std::string
fix_command(const Hit& hit)
{
  const Package& package = hit.entries.package;
  const std::string_view pattern = pattern_of(hit);
  const auto is_plain = [](std::string_view word) { return shell_word(word) == word; };
  if (pattern.empty() || !is_plain(package.name) || !is_plain(package.version) || !is_plain(*hit.fixed_in)
      || is_asked_for_by_alias(hit)) {
    return {};
  }
  const std::set<std::string> named_in = naming_directories(hit);
  std::string command(pattern);
  const std::array<std::pair<std::string_view, std::string>, 5> parts{
      {{"{name}", std::string(package.name)},
       {"{version}", *hit.fixed_in},
       {"{locked}", std::string(package.version)},
       {"{workspaces}", npm_workspaces(named_in)},
       {"{recursive}", has_members(hit.file->list) ? " -r" : ""}}};
  for (const auto& [placeholder, text] : parts) {
    command = replace_all(command, placeholder, text);
  }
  const std::string_view directory = directory_of(hit.file->list.path);
  return directory.empty() ? command : fmt::format("cd {} && {}", shell_word(directory), command);
}

}  // namespace sluice::deps
