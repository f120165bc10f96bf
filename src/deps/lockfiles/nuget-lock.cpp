// SPDX-License-Identifier: Apache-2.0
//
// NuGet's packages.lock.json (NuGet.Client, PackagesLockFileFormat). Versions 1 and 2 (2: central transitive pins) list
// the packages of each framework under "dependencies"; version 3 has each framework, by its alias, at the top.
// What the lock does not tell is whether a package is for development: the project beside it says PrivateAssets.
#include "base/text.hpp"
#include "deps/documents.hpp"
#include "deps/not_locked.hpp"
#include "deps/nuget_project.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <array>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view fix = "Run dotnet restore --force-evaluate and commit packages.lock.json";

class Framework
{
public:
  Framework(Value entries, PackageId root, const std::unordered_set<std::string>& private_names, PackageList& list)
      : list_(list)
  {
    for (const Value entry : entries) {
      add(entry);
    }
    for (const Value entry : entries) {
      add_needs(entry, root, private_names);
    }
  }

private:
  void
  add(Value entry)
  {
    const std::string type = to_lower(entry["type"].text());
    Package package;
    package.ecosystem = "NuGet";
    package.name = entry.key();
    package.version = entry["resolved"].text();
    package.integrity = entry["contentHash"].text();
    package.line = entry.line();
    if (type == "project") {
      package.part = Part::member;
      package.source = Source::path;
    } else if (type != "direct" && type != "transitive" && type != "centraltransitive") {
      list_.gap(GapKind::unknown_format, package.line,
                fmt::format("{} is of a type that is not known: {}", printable(package.name),
                            printable(entry["type"].scalar())));
    } else if (package.version.empty()) {
      not_locked(list_, package.line, package.name, std::string(fix));
    }
    // Of an entry that stands twice the last counts.
    const auto [known, is_new] = by_name_.emplace(to_lower(package.name), 0);
    if (is_new) {
      known->second = list_.add(package);
    } else {
      list_.at(known->second) = package;
    }
  }

  void
  add_needs(Value entry, PackageId root, const std::unordered_set<std::string>& private_names)
  {
    const std::string name = to_lower(entry.key());
    const PackageId from = by_name_.at(name);
    if (to_lower(entry["type"].text()) == "direct") {
      list_.need(root, from, private_names.contains(name) ? Scope::dev : Scope::runtime, entry["requested"].text());
    }
    for (const Value needed : entry["dependencies"]) {
      if (const auto found = by_name_.find(to_lower(needed.key())); found != by_name_.end()) {
        list_.need(from, found->second, Scope::runtime, needed.text());
      }
    }
  }

  PackageList& list_;
  std::unordered_map<std::string, PackageId> by_name_;
};

void
read(const LockText& file, PackageList& list)
{
  const Value root = json_document(file, list);
  if (!root) {
    return;
  }
  const std::string_view version = root["version"].scalar();
  if (version != "1" && version != "2" && version != "3") {
    list.refuse(GapKind::unknown_format, root["version"].line(),
                fmt::format("version {} of packages.lock.json is not known", printable(version)));
    return;
  }
  const PackageId project = list.add({.part = Part::root});
  const std::vector<ProjectPackage> named = packages_of_projects_beside(file, list);
  std::unordered_set<std::string> private_names;
  for (const ProjectPackage& package : named) {
    if (package.is_private) {
      private_names.insert(to_lower(package.name));
    }
  }
  const Value frameworks = version == "3" ? root : root["dependencies"];
  if (!frameworks.is_table()) {
    list.refuse(GapKind::unparsable, root.line(), "it has no dependencies");
    return;
  }
  for (const Value framework : frameworks) {
    const bool is_other = version == "3" && framework.key() == "version";
    const Value entries = version == "3" ? framework["dependencies"] : framework;
    if (!is_other
        && (!has_shape(framework, Data::Kind::table, list) || !has_shape(entries, Data::Kind::table, list)
            || !have_shape(entries, Data::Kind::table, list))) {
      return;
    }
    if (version != "3") {
      Framework(framework, project, private_names, list);
    } else if (!is_other) {
      Framework(entries, project, private_names, list);
    }
  }
  if (list.packages().size() == 1 && !named.empty()) {
    locks_nothing(list, "the project beside it", named.front().name, std::string(fix));
  }
}

// NuGet also reads packages.<project>.lock.json.
constexpr std::array<std::string_view, 2> paths{"packages.lock.json", "packages.*.lock.json"};

}  // namespace

extern const Lockfile lockfile_nuget_lock{
    .id = "nuget-lock",
    .title = "NuGet packages.lock.json",
    .paths = paths,
    .read = read,
    .upgrade = {"dotnet add package {name} --version {version}", "dotnet add package {name} --version {version}"}};

}  // namespace sluice::deps
