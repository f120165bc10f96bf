// SPDX-License-Identifier: Apache-2.0
#include "deps/maven_management.hpp"

namespace sluice::deps {

namespace {

/// What Maven tells managed dependencies apart by.
std::string
key_of(Element dependency, const MavenPom& pom)
{
  const std::string name = maven_name(dependency, pom);
  const std::string_view type = dependency.child("type").text();
  const auto classifier = pom.filled(dependency.child("classifier").text());
  return name.empty() ? name : name + ":" + std::string(type.empty() ? "jar" : type) + ":" + classifier.value_or("");
}

}  // namespace

std::string
maven_name(Element element, const MavenPom& pom, std::string_view default_group)
{
  const Element group = element.child("groupId");
  const auto first = pom.filled(group ? group.text() : default_group);
  const auto second = pom.filled(element.child("artifactId").text());
  return first && second && !first->empty() && !second->empty() ? *first + ":" + *second : std::string();
}

MavenManagement::MavenManagement(const gate::FileTree& tree, const MavenPom& pom, MavenReactor& reactor)
    : tree_(tree),
      reactor_(reactor)
{
  add(pom);
}

// Imports are followed at most max_imports times in all, which bounds the depth as well.
void
MavenManagement::add(const MavenPom& pom)  // NOLINT(misc-no-recursion)
{
  for (const MavenPom::Level& level : pom.levels()) {
    add(level.xml->root().child("dependencyManagement"), pom, managed_);
  }
  // After all that is said outright.
  for (const MavenPom::Level& level : pom.levels()) {
    for (const Element dependency : level.xml->root().child("dependencyManagement").child("dependencies")) {
      if (dependency.child("scope").text() == "import") {
        import(dependency, pom);
      }
    }
  }
}

void
MavenManagement::use_profile(Element profile, const MavenPom& pom)
{
  of_profile_.clear();
  add(profile.child("dependencyManagement"), pom, of_profile_);
}

void
MavenManagement::add(Element management, const MavenPom& pom, std::unordered_map<std::string, Managed>& to)
{
  for (const Element dependency : management.child("dependencies")) {
    const std::string key = key_of(dependency, pom);
    if (key.empty() || dependency.child("scope").text() == "import") {
      continue;
    }
    to.emplace(key, Managed{pom.filled(dependency.child("version").text()).value_or(""),
                            pom.filled(dependency.child("scope").text()).value_or(""),
                            dependency.child("optional").text() == "true"});
  }
}

void
MavenManagement::import(Element dependency, const MavenPom& pom)  // NOLINT(misc-no-recursion)
{
  const std::string name = maven_name(dependency, pom);
  const std::string version = pom.filled(dependency.child("version").text()).value_or("");
  const MavenReactor::Artifact* artifact = name.empty() ? nullptr : reactor_.find(name, version);
  if (artifact == nullptr || ++imports_ > max_imports) {
    return;
  }
  if (!version.empty() && !artifact->version.empty() && version != artifact->version) {
    return;
  }
  if (auto xml = read_pom(tree_, artifact->path)) {
    add(MavenPom(tree_, artifact->path, std::move(xml)));
  }
}

const MavenManagement::Managed*
MavenManagement::find(Element dependency, const MavenPom& pom) const
{
  const std::string key = key_of(dependency, pom);
  if (const auto found = of_profile_.find(key); found != of_profile_.end()) {
    return &found->second;
  }
  const auto found = managed_.find(key);
  return found == managed_.end() ? nullptr : &found->second;
}

}  // namespace sluice::deps
