// SPDX-License-Identifier: Apache-2.0
#include "deps/maven_reactor.hpp"

#include "deps/lockfile.hpp"

#include <algorithm>
#include <utility>

namespace sluice::deps {

namespace {

bool
may_be_own(const MavenPom& pom, std::string_view name, std::string_view version)
{
  const std::string own_version = pom.version().value_or("");
  if (version.empty() || version == own_version) {
    return true;
  }
  // "org.example.shop" and "org.example.base" are siblings.
  const std::string group = pom.group();
  const std::size_t dot = group.find('.');
  return name.starts_with(group.substr(0, dot == std::string::npos ? dot : group.find('.', dot + 1)));
}

/// Poms from which modules may lead to this one, the topmost first.
std::vector<std::string>
tops_of(const gate::FileTree& tree, const MavenPom& pom)
{
  std::vector<std::pair<std::ptrdiff_t, std::string>> all;
  const auto add = [&all](const std::string& path) {
    all.emplace_back(std::count(path.begin(), path.end(), '/'), path);
  };
  for (const MavenPom::Level& level : pom.levels()) {
    add(level.path);
    // An aggregator need not be the parent.
    std::string up = "../pom.xml";
    while (const auto above = Surroundings(tree, level.path).resolve(up)) {
      if (tree.is_file(*above)) {
        add(*above);
      }
      up = "../" + up;
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::vector<std::string> paths;
  for (auto& [depth, path] : all) {
    paths.push_back(std::move(path));
  }
  return paths;
}

}  // namespace

const MavenReactor::Artifact*
MavenReactor::find(const gate::FileTree& tree, const MavenPom& pom, const std::string& name, std::string_view version)
{
  if (!may_be_own(pom, name, version)) {
    return nullptr;
  }
  for (Build* build : builds_of(tree, pom)) {
    const auto found = build->artifacts.find(name);
    if (found == build->artifacts.end()) {
      continue;
    }
    // Properties of its parents decide, which are read for the few that are asked for.
    Artifact& artifact = found->second;
    if (artifact.version.find("${") != std::string::npos) {
      auto xml = read_pom(tree, artifact.path);
      artifact.version = xml == nullptr ? "" : MavenPom(tree, artifact.path, std::move(xml)).version().value_or("");
    }
    return &artifact;
  }
  return nullptr;
}

const std::vector<MavenReactor::Build*>&
MavenReactor::builds_of(const gate::FileTree& tree, const MavenPom& pom)
{
  const auto [at, is_new] = by_pom_.try_emplace(pom.levels().front().path);
  std::vector<Build*>& builds = at->second;
  if (is_new) {
    for (const std::string& top : tops_of(tree, pom)) {
      const bool is_part =
          std::any_of(builds.begin(), builds.end(), [&top](const Build* build) { return build->poms.contains(top); });
      if (!is_part) {
        builds.push_back(&build_from(tree, top));
      }
    }
  }
  return builds;
}

MavenReactor::Build&
MavenReactor::build_from(const gate::FileTree& tree, const std::string& top)
{
  std::unique_ptr<Build>& build = by_top_[top];
  if (build == nullptr) {
    build = std::make_unique<Build>();
    std::vector<std::string> waiting{top};
    while (!waiting.empty() && build->poms.size() < max_poms && visits_ < max_visits) {
      const std::string path = std::move(waiting.back());
      waiting.pop_back();
      if (build->poms.insert(path).second) {
        ++visits_;
        visit(tree, path, *build, waiting);
      }
    }
  }
  return *build;
}

void
MavenReactor::visit(const gate::FileTree& tree, const std::string& path, Build& build,
                    std::vector<std::string>& waiting)
{
  const auto xml = read_pom(tree, path);
  if (xml == nullptr) {
    return;
  }
  for (std::string& module : modules_of(tree, path, *xml)) {
    waiting.push_back(std::move(module));
  }
  const Element root = xml->root();
  const Element parent = root.child("parent");
  const auto inherited = [&](std::string_view name) {
    return root.child(name) ? root.child(name).text() : parent.child(name).text();
  };
  const std::string name = std::string(inherited("groupId")) + ":" + std::string(root.child("artifactId").text());
  build.artifacts.emplace(name, Artifact{path, std::string(inherited("version"))});
}

}  // namespace sluice::deps
