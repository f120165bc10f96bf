// SPDX-License-Identifier: Apache-2.0
//
// NuGet's central package management: Directory.Packages.props tells the version of each package for all projects
// below it. Not every project uses each; whatever any may use is judged.
#include "deps/nuget_project_listing.hpp"
#include "deps/reading.hpp"

#include <array>

namespace sluice::deps {

namespace {

void
read(const LockText& file, PackageList& list)
{
  if (const auto xml = xml_document(file, list, "Project")) {
    add_project_packages(central_packages(file.around.tree(), file.path, xml), list,
                         "Name one version, from properties that the tree defines");
  }
}

// Packages.props is that of the SDK Microsoft.Build.CentralPackageVersions, which came before.
constexpr std::array<std::string_view, 2> paths{"Directory.Packages.props", "Packages.props"};

}  // namespace

extern const Lockfile lockfile_central_packages{.id = "central-packages",
                                                .title = "NuGet Directory.Packages.props",
                                                .purpose = Purpose::install,
                                                .hashed = Hashed::some,
                                                .weak_hash = WeakHash::as_good_as_it_gets,
                                                .manifest = ManifestKind::itself,
                                                .installer = Installer::other,
                                                .paths = paths,
                                                .read = read};

}  // namespace sluice::deps
