// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/maven_pom.hpp"

#include <string>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

/// The artifacts that a build makes itself: of every pom that modules lead to, from the topmost pom above a file on.
/// Made when it is first asked, because few files need it.
class MavenReactor
{
public:
  static constexpr std::size_t max_poms = 4000;

  struct Artifact
  {
    std::string path;     ///< of its pom
    std::string version;  ///< empty: not known
  };

  MavenReactor(const gate::FileTree& tree, const MavenPom& pom)
      : tree_(tree),
        pom_(pom)
  {}
  /// By "group:artifact"; null if it is not among them. `version` is the one that is asked for: what has another group
  /// altogether and another version than the pom itself is not looked for.
  [[nodiscard]] const Artifact* find(const std::string& name, std::string_view version);

private:
  [[nodiscard]] bool may_be_own(std::string_view name, std::string_view version) const;
  void make();
  void visit(const std::string& path);

  const gate::FileTree& tree_;
  const MavenPom& pom_;
  bool is_made_ = false;
  std::unordered_set<std::string> seen_;
  std::vector<std::string> waiting_;
  std::unordered_map<std::string, Artifact> artifacts_;
};

}  // namespace sluice::deps
