// SPDX-License-Identifier: Apache-2.0
//
// Projects of .NET without a lockfile. They name what they ask for and not what that needs, so only the packages named
// are judged. Where packages.lock.json is there, that one counts, and its reader looks whether it has what the project
// asks for. What a restore left (obj/project.assets.json) tells of the restore, which the next one overwrites.
#include "base/text.hpp"
#include "deps/nuget_project_listing.hpp"
#include "deps/reading.hpp"

#include <array>

namespace sluice::deps {

namespace {

void
read(const LockText& file, PackageList& list)
{
  if (const auto xml = xml_document(file, list, "Project")) {
    add_project_packages(packages_of_project(file.around.tree(), file.path, xml), list,
                         "Set RestorePackagesWithLockFile, run dotnet restore, and commit packages.lock.json");
  }
}

constexpr std::array<std::string_view, 6> paths{"*.csproj", "*.fsproj", "*.vbproj", "*.proj", "*.sqlproj", "*.vcxproj"};

/// Most projects of the last three kinds have no packages, and import much that is not here.
bool
claims(std::string_view path, std::string_view text)
{
  const std::string lower = to_lower(path);
  const bool is_of_packages = lower.ends_with(".csproj") || lower.ends_with(".fsproj") || lower.ends_with(".vbproj");
  return is_of_packages || to_lower(text).find("packagereference") != std::string::npos;
}

std::string_view
shadowed_by(std::string_view /*path*/)
{
  return "packages.lock.json";
}

}  // namespace

extern const Lockfile lockfile_csproj{.id = "csproj",
                                      .title = ".NET project",
                                      .purpose = Purpose::install,
                                      .hashed = Hashed::some,
                                      .weak_hash = WeakHash::as_good_as_it_gets,
                                      .manifest = ManifestKind::itself,
                                      .installer = Installer::other,
                                      .paths = paths,
                                      .claims = claims,
                                      .shadowed_by = shadowed_by,
                                      .read = read};

}  // namespace sluice::deps
