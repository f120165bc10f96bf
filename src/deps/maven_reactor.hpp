// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/maven_pom.hpp"

#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sluice::deps {

/// The artifacts that builds of a tree make themselves: of every pom that modules lead to, from the topmost pom above a
/// file on. One for all files of a tree (gate::FileTree::kept), for siblings are built together; what leads to a pom
/// that a build has already found is no build of its own, so that a reactor is walked once however many modules it has.
class MavenReactor
{
public:
  static constexpr std::size_t max_poms = 4000;       ///< of one build
  static constexpr std::size_t max_visits = 100'000;  ///< of all; what is not visited is nobody's own, and judged

  struct Artifact
  {
    std::string path;     ///< of its pom
    std::string version;  ///< empty: not known
  };

  /// By "group:artifact"; null if it is not among those of the builds that `pom` is part of. `version` is the one that
  /// is asked for: what has another group altogether and another version than the pom itself is not looked for.
  [[nodiscard]] const Artifact* find(const gate::FileTree& tree, const MavenPom& pom, const std::string& name,
                                     std::string_view version);

private:
  struct Build
  {
    std::unordered_set<std::string> poms;  ///< paths
    std::unordered_map<std::string, Artifact> artifacts;
  };

  const std::vector<Build*>& builds_of(const gate::FileTree& tree, const MavenPom& pom);
  Build& build_from(const gate::FileTree& tree, const std::string& top);
  static void visit(const gate::FileTree& tree, const std::string& path, Build& build,
                    std::vector<std::string>& waiting);

  std::size_t visits_ = 0;
  std::unordered_map<std::string, std::unique_ptr<Build>> by_top_;
  std::unordered_map<std::string, std::vector<Build*>> by_pom_;
};

}  // namespace sluice::deps
