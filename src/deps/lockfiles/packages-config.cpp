// SPDX-License-Identifier: Apache-2.0
//
// NuGet's packages.config (learn.microsoft.com, "packages.config reference"): every package that is installed, by exact
// version. It does not tell which were asked for, and NuGet treats each as named by the project.
#include "base/text.hpp"
#include "deps/not_locked.hpp"
#include "deps/reading.hpp"

#include <array>

namespace sluice::deps {

namespace {

void
add(Element entry, PackageList& list)
{
  Package package;
  package.ecosystem = "NuGet";
  package.name = entry.attribute("id");
  package.version = entry.attribute("version");
  package.scope = to_lower(entry.attribute("developmentDependency")) == "true" ? Scope::dev : Scope::runtime;
  package.is_direct = true;
  package.line = entry.line();
  if (package.name.empty()) {
    list.gap(GapKind::unparsable, package.line, "a package has no id", "Write its id");
    return;
  }
  if (package.version.empty()) {
    not_locked(list, package.line, package.name, "Write its version into packages.config");
  }
  list.add(package);
}

void
read(const LockText& file, PackageList& list)
{
  const auto xml = xml_document(file, list, "packages");
  for (const Element entry : xml == nullptr ? Element() : xml->root()) {
    if (entry.name() == "package") {
      add(entry, list);
    } else {
      list.gap(GapKind::unknown_format, entry.line(), "an entry <" + printable(entry.name()) + "> is not known");
    }
  }
}

// NuGet also reads packages.<project>.config.
constexpr std::array<std::string_view, 2> paths{"packages.config", "packages.*.config"};

bool
claims(std::string_view path, std::string_view text)
{
  return path.ends_with("packages.config") || text.find("<packages") != std::string_view::npos;
}

}  // namespace

extern const Lockfile lockfile_packages_config{.id = "packages-config",
                                               .title = "NuGet packages.config",
                                               .purpose = Purpose::install,
                                               .hashed = Hashed::some,
                                               .weak_hash = WeakHash::as_good_as_it_gets,
                                               .manifest = ManifestKind::itself,
                                               .installer = Installer::other,
                                               .paths = paths,
                                               .claims = claims,
                                               .read = read};

}  // namespace sluice::deps
