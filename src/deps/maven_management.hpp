// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/maven_pom.hpp"
#include "deps/maven_reactor.hpp"

#include <memory>
#include <string>
#include <unordered_map>

namespace sluice::deps {

/// What <dependencyManagement> says of dependencies that do not say it themselves: of the pom, its parents, and the
/// bills of materials (scope import) that lie in the tree. What is nearer to the pom counts first, as in Maven.
class MavenManagement
{
public:
  static constexpr std::size_t max_imports = 64;

  struct Managed
  {
    std::string version;  ///< filled in; empty: it is not known
    std::string scope;
    bool is_optional = false;
  };

  /// As the pom is built at that time, with the profiles that are active.
  MavenManagement(const gate::FileTree& tree, const MavenPom& pom);

  /// Of a <dependency>; null if it is not managed.
  [[nodiscard]] const Managed* find(Element dependency, const MavenPom& pom) const;

private:
  void add(const MavenPom& pom);
  void add(Element management, const MavenPom& pom);
  void import(Element dependency, const MavenPom& pom);

  const gate::FileTree& tree_;
  const MavenPom& pom_;
  std::size_t imports_ = 0;
  std::unordered_map<std::string, Managed> managed_;
};

/// "group:artifact" of an element with these two, filled in; empty if one is not known.
[[nodiscard]] std::string maven_name(Element element, const MavenPom& pom, std::string_view default_group = {});

}  // namespace sluice::deps
