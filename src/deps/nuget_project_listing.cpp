// SPDX-License-Identifier: Apache-2.0
//
// Projects beside a lockfile, and what is listed of the packages that a project names.
#include "base/text.hpp"
#include "deps/not_locked.hpp"
#include "deps/nuget_project.hpp"

namespace sluice::deps {

namespace {

bool
is_project(std::string_view path)
{
  return path.ends_with(".csproj") || path.ends_with(".fsproj") || path.ends_with(".vbproj");
}

}  // namespace

std::vector<ProjectPackage>
packages_of_projects_beside(const LockText& file)
{
  std::vector<ProjectPackage> out;
  const std::string directory(file.around.resolve("").value_or(""));
  for (const std::string& path : file.around.tree().list(directory).files) {
    if (path.find('/') != std::string::npos || !is_project(path)) {
      continue;
    }
    const auto text = file.around.read(path);
    auto xml = text ? read_xml(*text) : tl::expected<Xml, Defect>(tl::unexpected(Defect()));
    if (!xml) {
      continue;
    }
    const std::string whole = directory.empty() ? path : directory + "/" + path;
    for (ProjectPackage& package :
         packages_of_project(file.around.tree(), whole, std::make_shared<const Xml>(*std::move(xml)))) {
      out.push_back(std::move(package));
    }
  }
  return out;
}

std::string_view
settled_version(std::string_view asked)
{
  asked = trim(asked);
  if (asked.starts_with('[') && asked.ends_with(']') && asked.find(',') == std::string_view::npos) {
    asked = trim(asked.substr(1, asked.size() - 2));
  }
  return asked.find_first_of("[](),*$") == std::string_view::npos ? asked : std::string_view();
}

void
add_project_packages(const std::vector<ProjectPackage>& packages, PackageList& list, std::string_view fix)
{
  for (const ProjectPackage& named : packages) {
    Package package;
    package.ecosystem = "NuGet";
    package.name = list.keep(named.name);
    package.scope = named.is_private ? Scope::dev : named.is_tool ? Scope::build : Scope::runtime;
    package.is_direct = true;
    package.line = named.line;
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
}

}  // namespace sluice::deps
