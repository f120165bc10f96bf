// SPDX-License-Identifier: Apache-2.0
#include "deps/maven_reactor.hpp"

#include "deps/lockfile.hpp"

namespace sluice::deps {

const MavenReactor::Artifact*
MavenReactor::find(const std::string& name, std::string_view version)
{
  if (!may_be_own(name, version)) {
    return nullptr;
  }
  if (!is_made_) {
    is_made_ = true;
    make();
  }
  const auto found = artifacts_.find(name);
  if (found == artifacts_.end()) {
    return nullptr;
  }
  // Properties of its parents decide, which are read for the few that are asked for.
  Artifact& artifact = found->second;
  if (artifact.version.find("${") != std::string::npos) {
    auto xml = read_pom(tree_, artifact.path);
    artifact.version = xml == nullptr ? "" : MavenPom(tree_, artifact.path, std::move(xml)).version().value_or("");
  }
  return &artifact;
}

bool
MavenReactor::may_be_own(std::string_view name, std::string_view version) const
{
  const std::string own_version = pom_.version().value_or("");
  if (version.empty() || version == own_version) {
    return true;
  }
  // "org.example.shop" and "org.example.base" are siblings.
  const std::string group = pom_.group();
  const std::size_t dot = group.find('.');
  return name.starts_with(group.substr(0, dot == std::string::npos ? dot : group.find('.', dot + 1)));
}

void
MavenReactor::make()
{
  for (const MavenPom::Level& level : pom_.levels()) {
    waiting_.push_back(level.path);
    // An aggregator need not be the parent.
    std::string up = "../pom.xml";
    while (const auto above = Surroundings(tree_, level.path).resolve(up)) {
      if (tree_.is_file(*above)) {
        waiting_.push_back(*above);
      }
      up = "../" + up;
    }
  }
  while (!waiting_.empty() && seen_.size() < max_poms) {
    const std::string path = std::move(waiting_.back());
    waiting_.pop_back();
    if (seen_.insert(path).second) {
      visit(path);
    }
  }
}

void
MavenReactor::visit(const std::string& path)
{
  const auto xml = read_pom(tree_, path);
  if (xml == nullptr) {
    return;
  }
  const Element root = xml->root();
  const auto add_modules = [&](Element parent) {
    for (const std::string_view list : {"modules", "subprojects"}) {
      for (const Element module : parent.child(list)) {
        if (const auto found = pom_at(tree_, path, module.text())) {
          waiting_.push_back(*found);
        }
      }
    }
  };
  add_modules(root);
  for (const Element profile : root.child("profiles")) {
    add_modules(profile);
  }
  const Element parent = root.child("parent");
  const auto inherited = [&](std::string_view name) {
    return root.child(name) ? root.child(name).text() : parent.child(name).text();
  };
  const std::string name = std::string(inherited("groupId")) + ":" + std::string(root.child("artifactId").text());
  artifacts_.emplace(name, Artifact{path, std::string(inherited("version"))});
}

}  // namespace sluice::deps
