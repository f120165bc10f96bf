// SPDX-License-Identifier: Apache-2.0
//
// Gradle's gradle/verification-metadata.xml (docs.gradle.org, "Verifying dependencies"): the checksums of every
// component that any configuration may resolve, plugins included. It does not tell for what, so each is taken for
// shipped; modules that the build names are direct.
#include "base/text.hpp"
#include "deps/gradle_build.hpp"
#include "deps/not_locked.hpp"
#include "deps/reading.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::deps {

namespace {

constexpr std::string_view schema = "dependency-verification-";

/// The strongest checksum of the first artifact.
std::string_view
checksum(Element component, PackageList& list)
{
  for (const Element artifact : component) {
    for (const std::string_view kind : {"sha512", "sha256", "sha1", "md5"}) {
      if (const Element sum = artifact.child(kind)) {
        return list.keep(fmt::format("{}:{}", kind, sum.attribute("value")));
      }
    }
  }
  return {};
}

/// 1.0 to 1.4; a file may name no schema.
bool
is_known_schema(std::string_view location)
{
  const std::size_t at = location.find(schema);
  if (at == std::string_view::npos) {
    return true;
  }
  const std::string_view version = location.substr(at + schema.size());
  return version.size() >= 4 && version.starts_with("1.") && version[2] >= '0' && version[2] <= '4'
         && version.substr(3).starts_with(".xsd");
}

void
read(const LockText& file, PackageList& list)
{
  const auto xml = xml_document(file, list, "verification-metadata");
  if (xml == nullptr) {
    return;
  }
  const Element root = xml->root();
  if (!is_known_schema(root.attribute("schemaLocation"))) {
    list.refuse(GapKind::unknown_format, root.line(),
                fmt::format("its schema is not known: {}", printable(root.attribute("schemaLocation"))));
    return;
  }
  const Surroundings build(file.around.tree(), file.around.resolve("..").value_or("") + "/x");
  const std::set<std::string> named = modules_of_build(build, list);
  for (const Element component : root.child("components")) {
    if (component.name() != "component") {
      continue;
    }
    Package package;
    package.ecosystem = "Maven";
    package.name = list.keep(fmt::format("{}:{}", component.attribute("group"), component.attribute("name")));
    package.version = component.attribute("version");
    package.line = component.line();
    package.integrity = checksum(component, list);
    package.is_direct = named.contains(std::string(package.name));
    list.add(package);
    if (component.attribute("group").empty() || component.attribute("name").empty()) {
      list.gap(GapKind::unparsable, package.line, "a component has no group or no name",
               "Run gradle --write-verification-metadata sha256");
    }
    if (package.version.empty()) {
      not_locked(list, package.line, package.name, "Run gradle --write-verification-metadata sha256");
    }
  }
}

constexpr std::array<std::string_view, 1> paths{"verification-metadata.xml"};

}  // namespace

extern const Lockfile lockfile_gradle_verification{.id = "gradle-verification",
                                                   .title = "Gradle verification-metadata.xml",
                                                   .purpose = Purpose::install,
                                                   .hashed = Hashed::some,
                                                   .weak_hash = WeakHash::as_good_as_it_gets,
                                                   .manifest = ManifestKind::not_searched,
                                                   .installer = Installer::other,
                                                   .paths = paths,
                                                   .read = read};

}  // namespace sluice::deps
