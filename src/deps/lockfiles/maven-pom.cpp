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
//
// Which profiles are active the command line says, the machine and what is set there: a pom is read without any, with
// each, and with all, and whatever version a dependency has in one of these builds is listed.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "deps/maven_management.hpp"
#include "deps/not_locked.hpp"
#include "deps/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
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

/// One <dependency>, <plugin> or the like, with all that it comes to under whatever profile. Of a build that a profile
/// makes possible, what is not known without it is no gap.
struct Slot
{
  std::vector<Package> packages;         ///< with a version, each once
  std::optional<Package> open;           ///< without one
  std::optional<std::string> not_known;  ///< its name as written, which is none
};

class PomReader
{
public:
  /// `written_in`: the path of the pom, if it is not that of the list.
  PomReader(const gate::FileTree& tree, MavenPom& pom, PackageList& list, std::string_view written_in = {})
      : tree_(tree),
        pom_(pom),
        list_(list),
        written_in_(written_in)
  {}

  void
  run()
  {
    inherited_ = pom_.levels().front().xml->root().child("parent").line();
    for (const auto& config : pom_.configs()) {
      // Those that set nothing for others are read along.
      std::vector<MavenPom::Profile> profiles = pom_.profiles(*config);
      const auto first_plain = std::stable_partition(profiles.begin(), profiles.end(), sets_something);
      plain_.assign(first_plain, profiles.end());
      profiles.erase(first_plain, profiles.end());
      read_all(*config, {});
      plain_.clear();
      for (std::size_t i = 0; i < profiles.size() && i < most_profiles; ++i) {
        read_all(*config, {profiles[i]});
      }
      // One may use what another sets.
      if (profiles.size() > 1) {
        read_all(*config, profiles);
      }
      if (profiles.size() > most_profiles) {
        gap(GapKind::too_many, 0,
            fmt::format("it has {} profiles, and {} are read each by itself", profiles.size(), most_profiles));
      }
    }
    add_slots();
  }

private:
  static constexpr std::size_t most_profiles = 64;

  static bool
  sets_something(const MavenPom::Profile& profile)
  {
    return profile.element.child("properties") || profile.element.child("dependencyManagement")
           || profile.element.child("build").child("pluginManagement");
  }

  void
  read_all(const MavenConfig& config, std::vector<MavenPom::Profile> active)
  {
    pom_.build_with(config, std::move(active));
    management_.emplace(tree_, pom_);
    overridden_.clear();
    read_plugin_management();
    for (std::size_t level = 0; level < pom_.levels().size(); ++level) {
      is_own_ = level == 0;
      std::vector<std::string> declared;
      for (const Element part : pom_.parts(level)) {
        add_all(part, declared);
      }
      for (const MavenPom::Profile& profile : plain_) {
        if (profile.level == level) {
          add_all(profile.element, declared);
        }
      }
      overridden_.insert(declared.begin(), declared.end());
    }
  }

  void
  read_plugin_management()
  {
    managed_plugins_.clear();
    for (std::size_t level = 0; level < pom_.levels().size(); ++level) {
      for (const Element part : pom_.parts(level)) {
        for (const Element managed : part.child("build").child("pluginManagement").child("plugins")) {
          if (const Element version = managed.child("version")) {
            managed_plugins_.emplace(maven_name(managed, pom_, own_plugins), version.text());
          }
        }
      }
    }
  }

  [[nodiscard]] std::uint32_t
  line_of(Element element) const
  {
    return is_own_ ? element.line() : inherited_;
  }

  void
  gap(GapKind kind, std::uint32_t line, std::string why, std::string mend = {})
  {
    if (!told_.insert(fmt::format("{} {}", line, why)).second) {
      return;
    }
    if (written_in_.empty()) {
      list_.gap(kind, line, std::move(why), std::move(mend));
    } else {
      list_.gap_elsewhere(kind, line == 0 ? std::string(written_in_) : fmt::format("{}:{}", written_in_, line),
                          std::move(why), std::move(mend));
    }
  }

  void
  add_all(Element part, std::vector<std::string>& declared_by_project)
  {
    std::unordered_map<std::string, std::string_view> declared;
    for (const Element dependency : part.child("dependencies")) {
      const std::string_view version = dependency.child("version").text();
      const std::string key = key_of(dependency);
      // What a pom declares itself replaces what it would inherit.
      if (overridden_.contains(key)) {
        continue;
      }
      add_dependency(dependency, std::nullopt);
      const auto [first, is_new] = declared.emplace(key, version);
      if (!is_new && first->second != version) {
        gap(GapKind::unparsable, line_of(dependency),
            fmt::format("{} is declared twice, with different versions", printable(maven_name(dependency, pom_))),
            "Keep one");
      }
    }
    if (part.name() == "project") {
      for (const auto& [key, version] : declared) {
        declared_by_project.push_back(key);
      }
    }
    const Element build = part.child("build");
    for (const Element extension : build.child("extensions")) {
      add_dependency(extension, Scope::build);
    }
    add_plugins(build.child("plugins"));
    add_plugins(part.child("reporting").child("plugins"));
    // Which of the managed plugins run, the packaging decides as well: what they bring along counts, they do not.
    for (const Element managed : build.child("pluginManagement").child("plugins")) {
      add_needs_of_plugin(managed);
    }
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
        gap(GapKind::unparsable, line_of(element), fmt::format("a dependency has two {}", field), "Keep one");
      }
    }
    if (name.empty()) {
      add_unnamed(element, scope.value_or(Scope::runtime));
      return;
    }
    const MavenManagement::Managed* managed = scope ? nullptr : management_->find(element, pom_);
    const std::string said = pom_.filled(element.child("scope").text()).value_or("");
    const std::string kind = said.empty() && managed != nullptr ? managed->scope : said;
    const Element optional = element.child("optional");
    const bool is_optional =
        optional ? pom_.filled(optional.text()).value_or("") == "true" : managed != nullptr && managed->is_optional;
    Package package = described(element, name, version_of(element, managed));
    package.scope = scope.value_or(scope_of(kind, is_optional));
    if (kind == "system") {
      package.source = Source::path;
      package.location = list_.keep(std::string(element.child("systemPath").text()));
    }
    add(element, package, name);
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
    package.written_in = written_in_;
    return package;
  }

  void
  add(Element element, Package package, const std::string& name)
  {
    // A sibling that this build makes: named by its own version, or by none that is known.
    const MavenReactor::Artifact* sibling = tree_.kept<MavenReactor>().find(tree_, pom_, name, package.version);
    if (sibling != nullptr && (package.version.empty() || sibling->version == package.version)) {
      package.part = Part::member;
      package.source = Source::path;
      package.version = package.version.empty() ? list_.keep(sibling->version) : package.version;
    }
    Slot& slot = slot_of(element);
    if (package.version.empty() && package.part == Part::third_party) {
      slot.open = slot.open.value_or(package);
      return;
    }
    const auto same = [&package](const Package& other) {
      return std::tie(package.name, package.version, package.scope, package.part)
             == std::tie(other.name, other.version, other.scope, other.part);
    };
    if (std::none_of(slot.packages.begin(), slot.packages.end(), same)) {
      slot.packages.push_back(package);
    }
  }

  void
  add_unnamed(Element element, Scope scope)
  {
    Package package = described(
        element, fmt::format("{}:{}", element.child("groupId").text(), element.child("artifactId").text()), {});
    package.scope = scope;
    Slot& slot = slot_of(element);
    slot.not_known = package.name;
    slot.open = slot.open.value_or(package);
  }

  Slot&
  slot_of(Element element)
  {
    const auto [at, is_new] = slot_by_element_.try_emplace(element.identity(), slots_.size());
    if (is_new) {
      slots_.emplace_back();
    }
    return slots_[at->second];
  }

  void
  add_slots()
  {
    for (const Slot& slot : slots_) {
      for (const Package& package : slot.packages) {
        list_.add(package);
      }
      if (!slot.packages.empty() || !slot.open) {
        continue;
      }
      if (slot.not_known) {
        gap(GapKind::unjudged, slot.open->line, fmt::format("its name is not known: {}", printable(*slot.not_known)),
            "Write its groupId and artifactId");
      } else {
        gap(GapKind::unjudged, slot.open->line, not_locked_why(slot.open->name), std::string(fix));
      }
      if (slot.open->name != ":") {
        list_.add(*slot.open);
      }
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
        add(plugin, package, name);
      }
      add_needs_of_plugin(plugin);
    }
  }

  void
  add_needs_of_plugin(Element plugin)
  {
    for (const Element dependency : plugin.child("dependencies")) {
      add_dependency(dependency, Scope::build);
    }
    add_processors(plugin.child("configuration"));
    for (const Element execution : plugin.child("executions")) {
      add_processors(execution.child("configuration"));
    }
  }

  /// From compiler plugin 3.12.0 on, a processor without a version has the managed one.
  void
  add_processors(Element configuration)
  {
    for (const Element path : configuration.child("annotationProcessorPaths")) {
      const std::string name = maven_name(path, pom_);
      if (name.empty()) {
        add_unnamed(path, Scope::build);
        continue;
      }
      Package package = described(path, name, version_of(path, management_->find(path, pom_)));
      package.scope = Scope::build;
      add(path, package, name);
    }
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

  const gate::FileTree& tree_;
  MavenPom& pom_;
  std::optional<MavenManagement> management_;  ///< under the profiles that are active
  PackageList& list_;
  std::string_view written_in_;
  std::unordered_map<std::string, std::string_view> managed_plugins_;
  std::unordered_set<std::string> overridden_;  ///< dependencies that poms below the one at hand declare
  std::vector<MavenPom::Profile> plain_;        ///< profiles to be read along
  std::vector<Slot> slots_;                     ///< in the order in which they are first met
  std::unordered_map<const void*, std::size_t> slot_by_element_;
  std::unordered_set<std::string> told_;  ///< gaps
  bool is_own_ = true;
  std::uint32_t inherited_ = 0;
};

/// Modules are found by their name, pom.xml. One that is called otherwise, or that maven.config builds, is read where
/// it is named.
void
read_other_poms(const gate::FileTree& tree, const MavenPom& pom, PackageList& list)
{
  constexpr std::size_t most = 1000;
  std::unordered_set<std::string> seen{pom.levels().front().path};
  std::vector<std::string> waiting = modules_of(tree, pom.levels().front().path, *pom.levels().front().xml);
  for (const auto& config : pom.configs()) {
    if (!config->pom.empty() && directory_of(pom.levels().front().path) == config->directory) {
      waiting.push_back(config->pom);
    }
  }
  while (!waiting.empty()) {
    const std::string path = std::move(waiting.back());
    waiting.pop_back();
    if (file_name_of(path) == "pom.xml" || !seen.insert(path).second) {
      continue;
    }
    auto xml = seen.size() > most ? nullptr : read_pom(tree, path);
    if (xml == nullptr) {
      list.gap_elsewhere(GapKind::unreadable, path, "a build takes it for a module, and it cannot be read as a pom");
      continue;
    }
    for (std::string& module : modules_of(tree, path, *xml)) {
      waiting.push_back(std::move(module));
    }
    MavenPom other(tree, path, std::move(xml));
    PomReader(tree, other, list, list.keep(path)).run();
  }
}

void
read(const LockText& file, PackageList& list)
{
  const auto xml = xml_document(file, list, "project");
  if (xml == nullptr) {
    return;
  }
  const Element model = xml->root().child("modelVersion");
  if (model && model.text() != "4.0.0" && model.text() != "4.1.0") {
    list.refuse(GapKind::unknown_format, model.line(), version_why(model.text(), "model version"));
    return;
  }
  MavenPom pom(file.around.tree(), file.path, xml);
  PomReader(file.around.tree(), pom, list).run();
  read_other_poms(file.around.tree(), pom, list);
}

constexpr std::array<std::string_view, 1> paths{"pom.xml"};

}  // namespace

extern const Lockfile lockfile_maven_pom{.id = "maven-pom",
                                         .title = "Maven pom.xml",
                                         .purpose = Purpose::install,
                                         .hashed = Hashed::some,
                                         .weak_hash = WeakHash::as_good_as_it_gets,
                                         .manifest = ManifestKind::itself,
                                         .installer = Installer::other,
                                         .paths = paths,
                                         .read = read};

}  // namespace sluice::deps
