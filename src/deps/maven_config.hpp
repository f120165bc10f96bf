// SPDX-License-Identifier: Apache-2.0
//
// What the directory `.mvn` beside a pom or above it adds to every command line (maven.apache.org/configure.html):
// maven.config has arguments of Maven, jvm.config those of its Java. Both are part of the tree, and so of what a build
// of it takes.
#pragma once

#include "deps/xml.hpp"
#include "gate/file_tree.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluice::deps {

struct MavenConfig
{
  std::string directory;                                ///< that holds `.mvn`, from the root of the tree
  std::unordered_map<std::string, std::string> user;    ///< -D of maven.config, which counts before a pom's properties
  std::unordered_map<std::string, std::string> system;  ///< -D of jvm.config, which counts behind them
  std::vector<std::shared_ptr<const Xml>> settings;     ///< settings.xml of the tree that maven.config names
  std::string pom;                                      ///< the path of the file that --file names; empty: none
};

/// Of each directory from that of a pom up to the root that has one, the nearest first: which of them counts depends on
/// where Maven is started. At least one, which may be empty.
[[nodiscard]] std::vector<std::shared_ptr<const MavenConfig>> maven_configs(const gate::FileTree& tree,
                                                                            std::string_view pom);

}  // namespace sluice::deps
