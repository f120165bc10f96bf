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

/// What a file of central package management names: each version once, for every project that asks for it.
[[nodiscard]] ProjectPackages central_packages(const gate::FileTree& tree, std::string_view path,
                                               std::shared_ptr<const Xml> xml);

}  // namespace sluice::deps
