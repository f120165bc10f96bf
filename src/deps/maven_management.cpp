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

MavenManagement::MavenManagement(const gate::FileTree& tree, const MavenPom& pom)
    : tree_(tree),
      pom_(pom)
{
  add(pom);
}

// Imports are followed at most max_imports times in all, which bounds the depth as well.
void
MavenManagement::add(const MavenPom& pom)  // NOLINT(misc-no-recursion)
{
  std::vector<Element> all;
  for (std::size_t level = 0; level < pom.levels().size(); ++level) {
    for (const Element part : pom.parts(level)) {
      all.push_back(part.child("dependencyManagement"));
    }
  }
  for (const Element management : all) {
    add(management, pom);
  }
  // After all that is said outright.
  for (const Element management : all) {
    for (const Element dependency : management.child("dependencies")) {
      if (dependency.child("scope").text() == "import") {
        import(dependency, pom);
      }
    }
  }
}

void
MavenManagement::add(Element management, const MavenPom& pom)
{
  for (const Element dependency : management.child("dependencies")) {
    const std::string key = key_of(dependency, pom);
    if (key.empty() || dependency.child("scope").text() == "import") {
      continue;
    }
    managed_.emplace(key, Managed{pom.filled(dependency.child("version").text()).value_or(""),
                                  pom.filled(dependency.child("scope").text()).value_or(""),
                                  dependency.child("optional").text() == "true"});
  }
}

void
MavenManagement::import(Element dependency, const MavenPom& pom)  // NOLINT(misc-no-recursion)
{
  const std::string name = maven_name(dependency, pom);
  const std::string version = pom.filled(dependency.child("version").text()).value_or("");
  const MavenReactor::Artifact* artifact =
      name.empty() ? nullptr : tree_.kept<MavenReactor>().find(tree_, pom_, name, version);
  if (artifact == nullptr || ++imports_ > max_imports) {
    return;
  }
  if (!version.empty() && version != artifact->version) {
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
  const auto found = managed_.find(key);
  return found == managed_.end() ? nullptr : &found->second;
}

}  // namespace sluice::deps
