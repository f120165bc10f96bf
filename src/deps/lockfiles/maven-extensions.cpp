// SPDX-License-Identifier: Apache-2.0
//
// Maven's .mvn/extensions.xml (maven.apache.org, "Core Extensions"): what Maven itself loads before it reads a pom,
// with every right that the build has.
#include "base/text.hpp"
#include "deps/maven_config.hpp"
#include "deps/not_locked.hpp"
#include "deps/reading.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

namespace sluice::deps {

namespace {

/// With what maven.config beside it defines; nothing if a property is not known.
std::optional<std::string>
filled(std::string_view text, const MavenConfig& config)
{
  std::string out;
  for (std::size_t begin = text.find("${"); begin != std::string_view::npos; begin = text.find("${")) {
    const std::size_t end = text.find('}', begin);
    const auto value = end == std::string_view::npos
                           ? config.user.end()
                           : config.user.find(std::string(text.substr(begin + 2, end - begin - 2)));
    if (value == config.user.end()) {
      return std::nullopt;
    }
    out.append(text.substr(0, begin)).append(value->second);
    text.remove_prefix(end + 1);
  }
  return out.append(text);
}

void
add(Element extension, const MavenConfig& config, PackageList& list)
{
  const auto group = filled(extension.child("groupId").text(), config);
  const auto artifact = filled(extension.child("artifactId").text(), config);
  Package package;
  package.ecosystem = "Maven";
  package.scope = Scope::build;
  package.is_direct = true;
  package.line = extension.line();
  if (!group || !artifact || group->empty() || artifact->empty()) {
    list.gap(GapKind::unjudged, package.line, "the name of an extension is not known",
             "Write its groupId and artifactId");
    return;
  }
  package.name = list.keep(fmt::format("{}:{}", *group, *artifact));
  package.version = list.keep(filled(extension.child("version").text(), config).value_or(""));
  if (package.version.find_first_of("[](),") != std::string_view::npos || package.version == "LATEST"
      || package.version == "RELEASE") {
    package.version = {};
  }
  if (package.version.empty()) {
    not_locked(list, package.line, package.name, "Write its version");
  }
  list.add(package);
}

void
read(const LockText& file, PackageList& list)
{
  // It lies in `.mvn`, beside maven.config.
  const auto config = maven_configs(file.around.tree(), file.path).front();
  const auto xml = xml_document(file, list, "extensions");
  if (xml == nullptr) {
    return;
  }
  const Element root = xml->root();
  if (!root.text().empty()) {
    list.gap(GapKind::unparsable, root.line(), "it holds text where extensions are due");
  }
  for (const Element extension : root) {
    if (extension.name() == "extension") {
      add(extension, *config, list);
    } else {
      list.gap(GapKind::unknown_format, extension.line(),
               fmt::format("an entry <{}> is not known", printable(extension.name())));
    }
  }
}

constexpr std::array<std::string_view, 2> paths{".mvn/extensions.xml", "**/.mvn/extensions.xml"};

}  // namespace

extern const Lockfile lockfile_maven_extensions{.id = "maven-extensions",
                                                .title = "Maven .mvn/extensions.xml",
                                                .purpose = Purpose::install,
                                                .hashed = Hashed::some,
                                                .weak_hash = WeakHash::as_good_as_it_gets,
                                                .manifest = ManifestKind::itself,
                                                .installer = Installer::other,
                                                .paths = paths,
                                                .read = read};

}  // namespace sluice::deps
