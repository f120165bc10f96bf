// SPDX-License-Identifier: Apache-2.0
#include "deps/new_packages.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "deps/subject.hpp"
#include "deps/ways.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::size_t most_rows = 1'000;

/// "direct", or the way by which it comes.
std::string
way_words(const PackageList& list, PackageId id, WayFinder& finder)
{
  const Package& package = list.packages()[id];
  if (package.is_direct) {
    return "direct";
  }
  const Ways ways = finder.ways_to(std::span(&id, 1), 1);
  if (ways.shortest.empty()) {
    return "transitive";
  }
  std::vector<std::string> names;
  for (const PackageId each : ways.shortest.front().packages) {
    if (each != id) {
      names.emplace_back(list.packages()[each].name);
    }
  }
  return names.empty() ? "transitive" : join(names, " > ");
}

}  // namespace

std::vector<NewPackage>
new_packages(const LockedFiles& locked)
{
  std::vector<NewPackage> all;
  if (!locked.is_change) {
    return all;
  }
  std::unordered_set<std::string> known;
  for (const LockedFile& file : locked.files) {
    for (const Package& package : file.before ? file.before->packages() : std::span<const Package>()) {
      known.insert(name_key(package));
    }
  }
  for (const LockedFile& file : locked.files) {
    std::unordered_set<std::string> told;
    for (PackageId id = 0; !file.is_unchanged && id < file.list.packages().size(); ++id) {
      const Package& package = file.list.packages()[id];
      if (package.part != Part::third_party) {
        continue;
      }
      if (std::string key = name_key(package); !known.contains(key) && told.insert(std::move(key)).second) {
        all.push_back({&file, id});
      }
    }
  }
  return all;
}

bool
is_approved(const Package& package, const DepsOptions& options)
{
  return std::any_of(options.approved_packages.begin(), options.approved_packages.end(),
                     [&package](const std::string& glob) { return matches_text(glob, package.name); });
}

std::optional<Section>
new_packages_section(const LockedFiles& locked)
{
  const std::vector<NewPackage> all = new_packages(locked);
  if (all.empty()) {
    return std::nullopt;
  }
  Table table{{"package", "version", "ecosystem", "needed for", "comes by", "install script", "licence", "lockfile"},
              {}};
  std::map<const LockedFile*, WayFinder> finders;
  for (const NewPackage& each : all) {
    if (table.rows.size() == most_rows) {
      break;
    }
    const PackageList& list = each.file->list;
    const Package& package = list.packages()[each.id];
    WayFinder& finder = finders.try_emplace(each.file, list).first->second;
    table.rows.push_back({std::string(package.name), std::string(package.version), std::string(package.ecosystem),
                          std::string(name_of(package.scope)), way_words(list, each.id, finder),
                          package.has_install_script   ? "yes"
                          : list.tells_install_scripts ? "no"
                                                       : "not told",
                          package.licence.empty() ? "not told" : std::string(package.licence),
                          fmt::format("{}:{}", list.path, package.line)});
  }
  std::string note = "The base does not have them.";
  if (all.size() > most_rows) {
    note += fmt::format(" These are the first of {}.", with_thousands(all.size()));
  }
  return Section{"New packages", std::move(note), std::move(table)};
}

}  // namespace sluice::deps
