// SPDX-License-Identifier: Apache-2.0
#include "deps/nuget_project_listing.hpp"

#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "deps/beside.hpp"
#include "deps/not_locked.hpp"

#include <fmt/format.h>

namespace sluice::deps {

namespace {

/// Whether a lockfile may be that of a project beside it. NuGet writes blanks of the project's name as underscores.
bool
may_be_of(std::string_view lockfile, std::string_view project)
{
  const std::string_view name = file_name_of(lockfile);
  constexpr std::string_view begin = "packages.";
  constexpr std::string_view end = ".lock.json";
  if (name.size() <= begin.size() + end.size() || !name.starts_with(begin) || !name.ends_with(end)) {
    return true;
  }
  const std::string_view said = name.substr(begin.size(), name.size() - begin.size() - end.size());
  return to_lower(said) == to_lower(replace_all(project.substr(0, project.rfind('.')), " ", "_"));
}

}  // namespace

bool
is_net_project(std::string_view path)
{
  return path.ends_with(".csproj") || path.ends_with(".fsproj") || path.ends_with(".vbproj");
}

std::vector<ProjectPackage>
packages_of_projects_beside(const LockText& file, PackageList& list)
{
  std::vector<ProjectPackage> out;
  const std::string directory(file.around.resolve("").value_or(""));
  for (const std::string& path : file.around.tree().list(directory).files) {
    if (path.find('/') != std::string::npos || !is_net_project(path) || !may_be_of(file.path, path)) {
      continue;
    }
    auto xml = xml_beside(file.around, path, list);
    if (!xml) {
      continue;
    }
    const std::string whole = path_in(directory, path);
    for (ProjectPackage& package :
         packages_of_project(file.around.tree(), whole, std::make_shared<const Xml>(*std::move(xml))).packages) {
      package.project = whole;
      out.push_back(std::move(package));
    }
  }
  return out;
}

std::string_view
settled_version(std::string_view asked)
{
  asked = trim(asked);
  if (asked.starts_with('[') && asked.ends_with(']')) {
    asked = trim(asked.substr(1, asked.size() - 2));
    const std::size_t comma = asked.find(',');
    if (comma != std::string_view::npos && trim(asked.substr(0, comma)) == trim(asked.substr(comma + 1))) {
      asked = trim(asked.substr(0, comma));
    }
  }
  return asked.find_first_of("[](),*$") == std::string_view::npos ? asked : std::string_view();
}

std::vector<std::string_view>
downloaded_versions(std::string_view asked)
{
  std::vector<std::string_view> versions;
  for (const std::string_view version : split(asked, ';')) {
    if (!trim(version).empty()) {
      versions.push_back(trim(version));
    }
  }
  return versions;
}

namespace {

Package
described(const ProjectPackage& named, PackageList& list)
{
  Package package;
  package.ecosystem = "NuGet";
  package.name = list.keep(named.name);
  package.scope = named.is_private ? Scope::dev : named.is_tool ? Scope::build : Scope::runtime;
  package.is_direct = true;
  package.line = named.line;
  return package;
}

void
add_named(const ProjectPackage& named, PackageList& list, std::string_view fix)
{
  Package package = described(named, list);
  bool is_settled = !named.versions.empty();
  for (const std::string& asked : named.versions) {
    const std::string_view version = settled_version(asked);
    is_settled = is_settled && !version.empty();
    if (!version.empty()) {
      package.version = list.keep(std::string(version));
      list.add(package);
    }
  }
  if (!is_settled) {
    package.version = {};
    list.add(package);
    not_locked(list, package.line, package.name, std::string(fix));
  }
}

void
tell_unread(const MsBuild::Unread& unread, PackageList& list)
{
  constexpr std::string_view mend = "Name its packages where they can be read: in the project, or in a file beside it";
  if (unread.file == list.path) {
    list.gap(GapKind::unjudged, unread.line, unread.why, std::string(mend));
  } else {
    list.gap_elsewhere(GapKind::unjudged,
                       unread.line == 0 ? printable(unread.file)
                                        : fmt::format("{}:{}", printable(unread.file), unread.line),
                       unread.why, std::string(mend));
  }
}

}  // namespace

void
add_project_packages(const ProjectPackages& project, PackageList& list, std::string_view fix)
{
  for (const ProjectPackage& named : project.packages) {
    if (named.is_name_known) {
      add_named(named, list, fix);
    } else {
      list.add(described(named, list));
      list.gap(GapKind::unjudged, named.line, fmt::format("its name is not known: {}", printable(named.name)),
               "Write the package's name, or a property that the tree defines");
    }
  }
  for (const MsBuild::Unread& unread : project.unread) {
    tell_unread(unread, list);
  }
}

}  // namespace sluice::deps
