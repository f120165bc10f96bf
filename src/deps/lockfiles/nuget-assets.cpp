// SPDX-License-Identifier: Apache-2.0
//
// NuGet's obj/project.assets.json (NuGet.Client, LockFileFormat), what a restore resolved: "targets" has the packages
// of each framework, "libraries" what each is, "project" what the project asks for. Versions 3 and 4 differ in how a
// framework is named, which nothing here depends on.
#include "base/text.hpp"
#include "deps/not_locked.hpp"
#include "deps/nuget_project_listing.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view fix = "Run dotnet restore";

/// "name/version".
std::pair<std::string_view, std::string_view>
parted(std::string_view key)
{
  const std::size_t slash = key.rfind('/');
  return {key.substr(0, slash), slash == std::string_view::npos ? std::string_view() : key.substr(slash + 1)};
}

class Assets
{
public:
  Assets(Value root, PackageList& list)
      : list_(list),
        root_(list.add({.part = Part::root}))
  {
    for (const Value library : root["libraries"]) {
      add(library);
    }
    for (const Value target : root["targets"]) {
      add_needs(target);
    }
    for (const Value framework : root["project"]["frameworks"]) {
      add_wishes(framework);
    }
    for (const Value group : root["projectFileDependencyGroups"]) {
      for (const Value wish : group) {
        const std::string_view name = wish.text().substr(0, wish.text().find(' '));
        if (!wanted_.contains(to_lower(name))) {
          want(name, wish.line());
        }
      }
    }
  }

private:
  void
  add(Value library)
  {
    const std::string_view type = library["type"].text();
    Package package;
    package.ecosystem = "NuGet";
    std::tie(package.name, package.version) = parted(library.key());
    package.line = library.line();
    package.integrity = library["sha512"].text();
    if (type == "project" || type == "msbuildproject" || type == "externalProject") {
      package.part = Part::member;
      package.source = Source::path;
      package.location = library["path"].text();
    } else if (type != "package") {
      list_.gap(GapKind::unknown_format, package.line,
                fmt::format("{} is of a type that is not known: {}", printable(package.name), printable(type)));
    }
    const PackageId id = list_.add(package);
    by_key_[to_lower(library.key())] = id;
    by_name_[to_lower(package.name)].push_back(id);
  }

  void
  add_needs(Value target)
  {
    std::unordered_map<std::string, PackageId> chosen;
    for (const Value entry : target) {
      if (const auto found = by_key_.find(to_lower(entry.key())); found != by_key_.end()) {
        chosen[to_lower(parted(entry.key()).first)] = found->second;
      } else {
        list_.gap(GapKind::unparsable, entry.line(),
                  fmt::format("{} is among the targets and not among the libraries", printable(entry.key())),
                  std::string(fix));
      }
    }
    for (const Value entry : target) {
      const auto from = chosen.find(to_lower(parted(entry.key()).first));
      for (const Value needed : entry["dependencies"]) {
        const auto to = chosen.find(to_lower(needed.key()));
        if (from != chosen.end() && to != chosen.end()) {
          list_.need(from->second, to->second, Scope::runtime, needed.text());
        }
      }
    }
  }

  void
  add_wishes(Value framework)
  {
    for (const Value wish : framework["dependencies"]) {
      const bool is_private = to_lower(wish["suppressParent"].text()) == "all";
      want(wish.key(), wish.line(), is_private ? Scope::dev : Scope::runtime, wish["version"].text());
    }
    // PackageDownload: fetched for the build and referenced by nothing.
    for (const Value download : framework["downloadDependencies"]) {
      Package package;
      package.ecosystem = "NuGet";
      package.name = download["name"].text();
      package.scope = Scope::build;
      package.is_direct = true;
      package.line = download["name"].line();
      std::vector<std::string_view> asked = downloaded_versions(download["version"].text());
      if (asked.empty()) {
        asked.emplace_back();
      }
      for (const std::string_view each : asked) {
        package.version = settled_version(each);
        list_.add(package);
        if (package.version.empty()) {
          not_locked(list_, package.line, package.name, std::string(fix));
        }
      }
    }
  }

  void
  want(std::string_view name, std::uint32_t line, Scope scope = Scope::runtime, std::string_view range = {})
  {
    const std::string key = to_lower(name);
    wanted_.insert(key);
    const auto found = by_name_.find(key);
    if (found == by_name_.end()) {
      if (!name.empty()) {
        list_.add({.ecosystem = "NuGet", .name = name, .is_direct = true, .line = line});
        not_locked(list_, line, name, std::string(fix));
        by_name_.emplace(key, std::vector<PackageId>());
      }
      return;
    }
    for (const PackageId id : found->second) {
      list_.need(root_, id, scope, range);
    }
  }

  PackageList& list_;
  PackageId root_;
  std::unordered_map<std::string, PackageId> by_key_;
  std::unordered_map<std::string, std::vector<PackageId>> by_name_;
  std::unordered_set<std::string> wanted_;
};

/// Whether everything that is walked is what it must be.
bool
is_shaped(Value root, PackageList& list)
{
  constexpr Data::Kind table = Data::Kind::table;
  constexpr Data::Kind items = Data::Kind::list;
  const auto all = [&list](Value parts, std::string_view key, Data::Kind kind) {
    return std::all_of(parts.begin(), parts.end(), [&](Value part) { return has_shape(part[key], kind, list); });
  };
  const Value targets = root["targets"];
  const Value frameworks = root["project"]["frameworks"];
  const Value groups = root["projectFileDependencyGroups"];
  return has_shape(root["project"], table, list) && has_shape(frameworks, table, list)
         && have_shape(frameworks, table, list) && has_shape(groups, table, list) && have_shape(groups, items, list)
         && have_shape(root["libraries"], table, list) && have_shape(targets, table, list)
         && std::all_of(
             targets.begin(), targets.end(),
             [&](Value target) { return have_shape(target, table, list) && all(target, "dependencies", table); })
         && all(frameworks, "dependencies", table) && all(frameworks, "downloadDependencies", items)
         && std::all_of(frameworks.begin(), frameworks.end(),
                        [&](Value framework) { return have_shape(framework["downloadDependencies"], table, list); });
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = json_document(file, list, fix);
  if (!root) {
    return;
  }
  const std::string_view version = root["version"].scalar();
  if (version != "3" && version != "4") {
    refuse_version(list, root["version"], "version");
    return;
  }
  if (!root["targets"].is_table() || !root["libraries"].is_table()) {
    list.refuse(GapKind::unparsable, root.line(), "it has no targets or no libraries", std::string(fix));
    return;
  }
  if (is_shaped(root, list)) {
    Assets(root, list);
  }
}

constexpr std::array<std::string_view, 1> paths{"project.assets.json"};

}  // namespace

extern const Lockfile lockfile_nuget_assets{.id = "nuget-assets",
                                            .title = "NuGet project.assets.json",
                                            .purpose = Purpose::install,
                                            .hashed = Hashed::some,
                                            .weak_hash = WeakHash::as_good_as_it_gets,
                                            .manifest = ManifestKind::net_project,
                                            .installer = Installer::other,
                                            .paths = paths,
                                            .read = read};

}  // namespace sluice::deps
