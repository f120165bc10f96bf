// SPDX-License-Identifier: Apache-2.0
//
// Maven's pom.xml (maven.apache.org/pom.html). It names what a project asks for; what that needs in turn, only the
// repository knows, so the packages named are judged and no others. What a pom inherits is listed with the line of its
// <parent>. A version that a parent outside of the tree decides is not known, and that is a gap.
//
// Scopes: compile and runtime are runtime, test is dev. "provided" is there when the code runs but is not shipped with
// it: build, like Gradle's compileOnly. "system" is a file on the disk that is used at run time. Plugins, extensions
// and what these need are build. A plugin of Maven's own without a version has the one that its Maven brings, and is no
// more listed than Maven is.
#include "base/text.hpp"
#include "deps/documents.hpp"
#include "deps/maven_management.hpp"
#include "deps/not_locked.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view fix = "Write a version, or have one managed by a pom of this tree";
constexpr std::string_view own_plugins = "org.apache.maven.plugins";

/// "1.0" and "[1.0]"; empty for ranges and for what the repository decides.
std::string_view
settled(std::string_view version)
{
  version = trim(version);
  if (version.starts_with('[') && version.ends_with(']') && version.find(',') == std::string_view::npos) {
    version = trim(version.substr(1, version.size() - 2));
  }
  const bool is_open =
      version.find_first_of("[](),${}") != std::string_view::npos || version == "LATEST" || version == "RELEASE";
  return is_open ? std::string_view() : version;
}

Scope
scope_of(std::string_view scope, bool is_optional)
{
  if (scope == "test") {
    return Scope::dev;
  }
  if (scope == "provided") {
    return Scope::build;
  }
  return is_optional ? Scope::optional : Scope::runtime;
}

class PomReader
{
public:
  PomReader(const LockText& file, MavenPom& pom, PackageList& list)
      : pom_(pom),
        reactor_(file.around.tree(), pom),
        management_(file.around.tree(), pom, reactor_),
        list_(list)
  {
    for (const MavenPom::Level& level : pom.levels()) {
      for (const Element managed : level.xml->root().child("build").child("pluginManagement").child("plugins")) {
        if (const Element version = managed.child("version")) {
          managed_plugins_.emplace(maven_name(managed, pom, own_plugins), version.text());
        }
      }
    }
  }

  void
  run()
  {
    inherited_ = pom_.levels().front().xml->root().child("parent").line();
    for (const MavenPom::Level& level : pom_.levels()) {
      is_own_ = &level == &pom_.levels().front();
      const Element root = level.xml->root();
      add_all(root);
      for (const Element profile : root.child("profiles")) {
        // Maven does not inherit profiles, but what an active one of a parent adds.
        pom_.use_profile(profile);
        management_.use_profile(profile, pom_);
        add_all(profile);
        pom_.use_profile({});
        management_.use_profile({}, pom_);
      }
    }
  }

private:
  [[nodiscard]] std::uint32_t
  line_of(Element element) const
  {
    return is_own_ ? element.line() : inherited_;
  }

  void
  add_all(Element parent)
  {
    std::unordered_map<std::string, std::string_view> declared;
    for (const Element dependency : parent.child("dependencies")) {
      const std::string_view version = dependency.child("version").text();
      const std::string key = key_of(dependency);
      // What a pom declares itself replaces what it would inherit.
      if (overridden_.contains(key)) {
        continue;
      }
      add_dependency(dependency, std::nullopt);
      const auto [first, is_new] = declared.emplace(key, version);
      if (!is_new && first->second != version) {
        list_.gap(GapKind::unparsable, line_of(dependency),
                  fmt::format("{} is declared twice, with different versions", printable(maven_name(dependency, pom_))),
                  "Keep one");
      }
    }
    if (parent.name() == "project") {
      for (const auto& [key, version] : declared) {
        overridden_.insert(key);
      }
    }
    const Element build = parent.child("build");
    for (const Element extension : build.child("extensions")) {
      add_dependency(extension, Scope::build);
    }
    add_plugins(build.child("plugins"));
    add_plugins(parent.child("reporting").child("plugins"));
  }

  /// What Maven tells dependencies apart by.
  [[nodiscard]] std::string
  key_of(Element dependency) const
  {
    const std::string_view type = dependency.child("type").text();
    return fmt::format("{}:{}:{}", maven_name(dependency, pom_), type.empty() ? "jar" : type,
                       dependency.child("classifier").text());
  }

  /// `scope`: what it is whatever it says.
  void
  add_dependency(Element element, std::optional<Scope> scope)
  {
    const std::string name = maven_name(element, pom_);
    const auto fields = {"groupId", "artifactId", "version", "scope"};
    for (const std::string_view field : fields) {
      if (element.count(field) > 1) {
        list_.gap(GapKind::unparsable, line_of(element), fmt::format("a dependency has two {}", field), "Keep one");
      }
    }
    if (name.empty()) {
      add_unnamed(element, scope.value_or(Scope::runtime));
      return;
    }
    const MavenManagement::Managed* managed = scope ? nullptr : management_.find(element, pom_);
    const std::string said = pom_.filled(element.child("scope").text()).value_or("");
    const std::string kind = said.empty() && managed != nullptr ? managed->scope : said;
    const Element optional = element.child("optional");
    const bool is_optional =
        optional ? pom_.filled(optional.text()).value_or("") == "true" : managed != nullptr && managed->is_optional;
    const std::string version = version_of(element, managed);
    Package package = described(element, name, version);
    package.scope = scope.value_or(scope_of(kind, is_optional));
    if (kind == "system") {
      package.source = Source::path;
      package.location = list_.keep(std::string(element.child("systemPath").text()));
    }
    add(package, name);
  }

  [[nodiscard]] std::string
  version_of(Element element, const MavenManagement::Managed* managed) const
  {
    const Element own = element.child("version");
    if (own && !own.text().empty()) {
      return pom_.filled(own.text()).value_or("");
    }
    return managed == nullptr ? std::string() : managed->version;
  }

  [[nodiscard]] Package
  described(Element element, const std::string& name, std::string_view version)
  {
    Package package;
    package.ecosystem = "Maven";
    package.name = list_.keep(name);
    package.version = list_.keep(std::string(settled(version)));
    package.is_direct = true;
    package.line = line_of(element);
    return package;
  }

  void
  add(Package package, const std::string& name)
  {
    // A sibling that this build makes: named by its own version, or by none that is known.
    const MavenReactor::Artifact* sibling = reactor_.find(name, package.version);
    if (sibling != nullptr
        && (package.version.empty() || sibling->version.empty() || sibling->version == package.version)) {
      package.part = Part::member;
      package.source = Source::path;
      package.version = package.version.empty() ? list_.keep(sibling->version) : package.version;
    } else if (package.version.empty()) {
      not_locked(list_, package.line, package.name, std::string(fix));
    }
    list_.add(package);
  }

  void
  add_unnamed(Element element, Scope scope)
  {
    Package package = described(
        element, fmt::format("{}:{}", element.child("groupId").text(), element.child("artifactId").text()), {});
    package.scope = scope;
    list_.gap(GapKind::unjudged, package.line, fmt::format("its name is not known: {}", printable(package.name)),
              "Write its groupId and artifactId");
    if (package.name != ":") {
      list_.add(package);
    }
  }

  void
  add_plugins(Element plugins)
  {
    for (const Element plugin : plugins) {
      const std::string name = maven_name(plugin, pom_, own_plugins);
      const std::string version = name.empty() ? std::string() : plugin_version(plugin, name);
      if (name.empty()) {
        add_unnamed(plugin, Scope::build);
      } else if (!version.empty() || plugin.child("version") || !name.starts_with(std::string(own_plugins) + ":")) {
        Package package = described(plugin, name, version);
        package.scope = Scope::build;
        add(package, name);
      }
      for (const Element dependency : plugin.child("dependencies")) {
        add_dependency(dependency, Scope::build);
      }
      for (const Element path : plugin.child("configuration").child("annotationProcessorPaths")) {
        add_processor(path);
      }
    }
  }

  /// From compiler plugin 3.12.0 on, a processor without a version has the managed one.
  void
  add_processor(Element path)
  {
    const std::string name = maven_name(path, pom_);
    if (name.empty()) {
      add_unnamed(path, Scope::build);
      return;
    }
    Package package = described(path, name, version_of(path, management_.find(path, pom_)));
    package.scope = Scope::build;
    add(package, name);
  }

  [[nodiscard]] std::string
  plugin_version(Element plugin, const std::string& name) const
  {
    if (const Element own = plugin.child("version"); own && !own.text().empty()) {
      return pom_.filled(own.text()).value_or("");
    }
    const auto managed = managed_plugins_.find(name);
    return managed == managed_plugins_.end() ? std::string() : pom_.filled(managed->second).value_or("");
  }

  MavenPom& pom_;
  MavenReactor reactor_;
  MavenManagement management_;
  PackageList& list_;
  std::unordered_map<std::string, std::string_view> managed_plugins_;
  std::unordered_set<std::string> overridden_;  ///< dependencies that poms below the one at hand declare
  bool is_own_ = true;
  std::uint32_t inherited_ = 0;
};

void
read(const LockText& file, PackageList& list)
{
  auto read = read_xml(file.text);
  if (!read) {
    list.refuse(GapKind::unparsable, read.error().line, std::move(read.error().what));
    return;
  }
  const Element root = read->root();
  const Element model = root.child("modelVersion");
  if (root.name() != "project") {
    list.refuse(GapKind::unknown_format, root.line(), "its root is not <project>");
    return;
  }
  if (model && model.text() != "4.0.0" && model.text() != "4.1.0") {
    list.refuse(GapKind::unknown_format, model.line(),
                fmt::format("model version {} is not known", printable(model.text())));
    return;
  }
  MavenPom pom(file.around.tree(), file.path, std::make_shared<const Xml>(*std::move(read)));
  PomReader(file, pom, list).run();
}

constexpr std::array<std::string_view, 1> paths{"pom.xml"};

}  // namespace

extern const Lockfile lockfile_maven_pom{.id = "maven-pom", .title = "Maven pom.xml", .paths = paths, .read = read};

}  // namespace sluice::deps
