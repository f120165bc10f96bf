// SPDX-License-Identifier: Apache-2.0
//
// Projects of .NET beside a lockfile, and what is listed of the packages that a project names.
#pragma once

#include "deps/nuget_project.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// Whether it is a project by its name.
[[nodiscard]] bool is_net_project(std::string_view path);

/// Of the projects in the directory of a lockfile, or of the one that its name says ("packages.App.lock.json"). One
/// that cannot be read is a gap of the list.
[[nodiscard]] std::vector<ProjectPackage> packages_of_projects_beside(const LockText& file, PackageList& list);

/// The version that NuGet takes for what is asked: "1.2.3" (the lowest that is allowed, which is what it takes),
/// "[1.2.3]" and "[1.2.3, 1.2.3]". Empty for ranges and floating versions, which depend on what the registry has that
/// day.
[[nodiscard]] std::string_view settled_version(std::string_view asked);

/// What a PackageDownload asks for: "[1.0];[2.0]" are both.
[[nodiscard]] std::vector<std::string_view> downloaded_versions(std::string_view asked);

/// Adds each with its versions, and a gap for each that has none or no name, and for what was not read.
void add_project_packages(const ProjectPackages& project, PackageList& list, std::string_view fix);

}  // namespace sluice::deps
