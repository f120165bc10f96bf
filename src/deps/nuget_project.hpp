// SPDX-License-Identifier: Apache-2.0
//
// Which NuGet packages a project of .NET names, with the versions of central package management (learn.microsoft.com,
// "PackageReference in project files", "Central Package Management").
#pragma once

#include "deps/lockfile.hpp"
#include "deps/msbuild.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

struct ProjectPackage
{
  std::string name;  ///< as written, if a property in it is not known
  bool is_name_known = true;
  bool is_certain = true;  ///< false: a condition that only a build knows decides whether it is asked for
  /// As asked for, "1.2.3" or "[1.0,2.0)"; several if a condition decides that only a build knows. Empty if none is
  /// told or a property in it is not known.
  std::vector<std::string> versions;
  bool is_private = false;  ///< PrivateAssets=all: nothing that uses the project gets it
  bool is_tool = false;     ///< for the build alone: an SDK, a download
  std::uint32_t line = 0;   ///< in the project's file; of what another file brings in, the project's first
  std::string project;      ///< path of that file from the root; told only by `packages_of_projects_beside`
};

struct ProjectPackages
{
  std::vector<ProjectPackage> packages;
  std::vector<MsBuild::Unread> unread;  ///< what may name more
};

/// Everything that a project names, with what the files above it add.
[[nodiscard]] ProjectPackages packages_of_project(const gate::FileTree& tree, std::string_view path,
                                                  std::shared_ptr<const Xml> xml);

/// Of the projects in the directory of a lockfile, or of the one that its name says ("packages.App.lock.json"). One
/// that cannot be read is a gap of the list.
[[nodiscard]] std::vector<ProjectPackage> packages_of_projects_beside(const LockText& file, PackageList& list);

/// What a file of central package management names: each version once, for every project that asks for it.
[[nodiscard]] ProjectPackages central_packages(const gate::FileTree& tree, std::string_view path,
                                               std::shared_ptr<const Xml> xml);

/// The version that NuGet takes for what is asked: "1.2.3" (the lowest that is allowed, which is what it takes),
/// "[1.2.3]" and "[1.2.3, 1.2.3]". Empty for ranges and floating versions, which depend on what the registry has that
/// day.
[[nodiscard]] std::string_view settled_version(std::string_view asked);

/// What a PackageDownload asks for: "[1.0];[2.0]" are both.
[[nodiscard]] std::vector<std::string_view> downloaded_versions(std::string_view asked);

/// Adds each with its versions, and a gap for each that has none or no name, and for what was not read.
void add_project_packages(const ProjectPackages& project, PackageList& list, std::string_view fix);

}  // namespace sluice::deps
