// SPDX-License-Identifier: Apache-2.0
//
// NuGet's packages.lock.json (NuGet.Client, PackagesLockFileFormat). Versions 1 and 2 (2: central transitive pins) list
// the packages of each framework under "dependencies"; version 3 has each framework, by its alias, at the top.
// What the lock does not tell is whether a package is for development: the project beside it says PrivateAssets.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "deps/ecosystem.hpp"
#include "deps/not_locked.hpp"
#include "deps/nuget_project_listing.hpp"
#include "deps/reading.hpp"
#include "deps/scheme.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view fix = "Run dotnet restore --force-evaluate and commit packages.lock.json";

/// By name in lower case, what the frameworks of a lock say was asked for; empty: not told.
using Wishes = std::unordered_map<std::string, std::vector<std::string_view>>;

class Framework
{
public:
  Framework(Value entries, PackageId root, const std::unordered_set<std::string>& private_names, Wishes& wishes,
            PackageList& list)
      : wishes_(&wishes),
        list_(list)
  {
    for (const Value entry : entries) {
      add(entry);
      note(entry);
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

  /// What the lock has of a name, for the project to be compared with.
  void
  note(Value entry)
  {
    const std::string_view type = entry["type"].text();
    const bool is_asked = to_lower(type) == "direct";
    (*wishes_)[to_lower(entry.key())].push_back(is_asked ? entry["requested"].text() : std::string_view());
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

  Wishes* wishes_;
  PackageList& list_;
  std::unordered_map<std::string, PackageId> by_name_;
};

/// Whether what the lock says of a wish ("[1.0.0, )") may be what the project asks for: the same beginning, where both
/// have one. A floating version is the registry's to tell.
bool
fits(std::string_view requested, const std::vector<std::string>& asked)
{
  const std::size_t bracket = requested.find_first_of("[(");
  const std::string_view begin =
      bracket == std::string_view::npos
          ? trim(requested)
          : trim(requested.substr(bracket + 1, requested.find_first_of(",])", bracket) - bracket - 1));
  const Scheme& scheme = *scheme_of("NuGet");
  return begin.empty() || asked.empty() || std::any_of(asked.begin(), asked.end(), [&](const std::string& each) {
           const std::string_view version = settled_version(each);
           const auto order = scheme.compare(version, begin);
           return version.empty() || !order || *order == std::weak_ordering::equivalent;
         });
}

/// A restore makes the lock anew where it is out of step with the project, and then it is the project that counts.
void
judge_wish(const ProjectPackage& named, PackageId root, const Wishes& wishes, bool is_only, PackageList& list)
{
  const auto locked = wishes.find(to_lower(named.name));
  const bool is_locked = locked != wishes.end()
                         && std::any_of(locked->second.begin(), locked->second.end(),
                                        [&](std::string_view requested) { return fits(requested, named.versions); });
  if (named.is_tool || is_locked) {
    return;
  }
  const std::string_view project = list.keep(named.project);
  const std::string subject = fmt::format("{}:{}", printable(project), named.line);
  if (!named.is_name_known) {
    list.gap_elsewhere(GapKind::unjudged, subject,
                       fmt::format("whether it is locked is not known, for its name is not: {}", printable(named.name)),
                       "Write the package's name, or a property that the tree defines");
    return;
  }
  for (const std::string& asked : named.versions) {
    Package package;
    package.ecosystem = "NuGet";
    package.name = list.keep(named.name);
    package.version = list.keep(std::string(settled_version(asked)));
    package.line = named.line;
    package.written_in = project;
    if (!package.version.empty()) {
      list.need(root, list.add(package), named.is_private ? Scope::dev : Scope::runtime);
    }
  }
  // Of several projects the lock may be that of another, and a condition may leave it out.
  if (named.is_certain && is_only) {
    list.gap_elsewhere(GapKind::unjudged, subject,
                       fmt::format("{} is not locked as it is asked for, in {} beside it", printable(named.name),
                                   printable(file_name_of(list.path))),
                       std::string(fix));
  }
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = json_document(file, list, fix);
  if (!root) {
    return;
  }
  const std::string_view version = root["version"].scalar();
  if (version != "1" && version != "2" && version != "3") {
    refuse_version(list, root["version"], "version");
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
  Wishes wishes;
  for (const Value framework : frameworks) {
    const bool is_other = version == "3" && framework.key() == "version";
    const Value entries = version == "3" ? framework["dependencies"] : framework;
    if (!is_other
        && (!has_shape(framework, Data::Kind::table, list) || !has_shape(entries, Data::Kind::table, list)
            || !have_shape(entries, Data::Kind::table, list))) {
      return;
    }
    if (version != "3") {
      Framework(framework, project, private_names, wishes, list);
    } else if (!is_other) {
      Framework(entries, project, private_names, wishes, list);
    }
  }
  if (list.packages().size() == 1 && !named.empty()) {
    locks_nothing(list, "the project beside it", named.front().name, std::string(fix));
    return;
  }
  const bool is_only = std::all_of(named.begin(), named.end(), [&named](const ProjectPackage& package) {
    return package.project == named.front().project;
  });
  for (const ProjectPackage& package : named) {
    judge_wish(package, project, wishes, is_only, list);
  }
}

// NuGet also reads packages.<project>.lock.json.
constexpr std::array<std::string_view, 2> paths{"packages.lock.json", "packages.*.lock.json"};

}  // namespace

extern const Lockfile lockfile_nuget_lock{
    .id = "nuget-lock",
    .title = "NuGet packages.lock.json",
    .purpose = Purpose::install,
    .hashed = Hashed::some,
    .weak_hash = WeakHash::as_good_as_it_gets,
    .manifest = ManifestKind::net_project,
    .installer = Installer::other,
    .paths = paths,
    .read = read,
    .upgrade = {"dotnet add package {name} --version {version}", "dotnet add package {name} --version {version}"}};

}  // namespace sluice::deps
