// SPDX-License-Identifier: Apache-2.0
//
// Projects of .NET without a lockfile. They name what they ask for and not what that needs, so only the packages named
// are judged. Where packages.lock.json is there, that one counts, and its reader looks whether it has what the project
// asks for. What a restore left (obj/project.assets.json) tells of the restore, which the next one overwrites.
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

constexpr std::array<std::string_view, 3> paths{"*.csproj", "*.fsproj", "*.vbproj"};

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
                                      .shadowed_by = shadowed_by,
                                      .read = read};

}  // namespace sluice::deps
