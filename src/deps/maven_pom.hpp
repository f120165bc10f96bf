// SPDX-License-Identifier: Apache-2.0
//
// A pom.xml with the parents that lie in the same tree (maven.apache.org, "Maven Model Builder"): properties of the
// child win over those of its parents, and everything is filled in after inheritance, so that a parent's dependency
// takes the child's value. A parent that is not in the tree is not read, and what it manages is not known.
#pragma once

#include "deps/maven_config.hpp"
#include "deps/xml.hpp"
#include "gate/file_tree.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluice::deps {

/// The path of the pom that a directory or file stands for, from the directory of `path`; nothing if it is not there.
[[nodiscard]] std::optional<std::string> pom_at(const gate::FileTree& tree, std::string_view path,
                                                std::string_view relative);

/// The document of a pom in the tree; null if it is none.
[[nodiscard]] std::shared_ptr<const Xml> read_pom(const gate::FileTree& tree, std::string_view path);

/// The paths of the poms that it names as modules, in profiles too; those that are not there are left out.
[[nodiscard]] std::vector<std::string> modules_of(const gate::FileTree& tree, std::string_view path, const Xml& pom);

class MavenPom
{
public:
  static constexpr std::size_t max_parents = 32;
  static constexpr std::size_t max_nesting = 16;
  static constexpr std::size_t max_look_ups = 256;
  static constexpr std::size_t max_value_bytes = 4096;

  /// One file of the line of parents.
  struct Level
  {
    std::string path;
    std::shared_ptr<const Xml> xml;
  };

  /// A profile of one of the levels, by its index, or of settings, which count as the first's.
  struct Profile
  {
    std::size_t level = 0;
    Element element;
  };

  MavenPom(const gate::FileTree& tree, std::string_view path, std::shared_ptr<const Xml> xml);

  /// Itself first, then its parents.
  [[nodiscard]] const std::vector<Level>&
  levels() const
  {
    return levels_;
  }
  [[nodiscard]] const std::vector<std::shared_ptr<const MavenConfig>>&
  configs() const
  {
    return configs_;
  }
  /// All profiles under one of the configs.
  [[nodiscard]] std::vector<Profile> profiles(const MavenConfig& config) const;
  /// From now on these profiles are active, and the config is that of the build. In the beginning it is the first
  /// config, and no profile.
  void build_with(const MavenConfig& config, std::vector<Profile> active);
  /// Of a level, the active profiles, the last first, and the project: what is earlier counts first.
  [[nodiscard]] std::vector<Element> parts(std::size_t level) const;

  /// The text with every ${name} filled in; nothing if one of them is not known or needs itself.
  [[nodiscard]] std::optional<std::string> filled(std::string_view text) const;
  /// "group:artifact", filled in as far as it can be.
  [[nodiscard]] std::string group() const;
  [[nodiscard]] std::string artifact() const;
  [[nodiscard]] std::optional<std::string> version() const;

private:
  void add_level(const gate::FileTree& tree, std::string path, std::shared_ptr<const Xml> xml);
  [[nodiscard]] static std::optional<Level> parent_of(const gate::FileTree& tree, const Level& level);
  [[nodiscard]] std::optional<std::string> property(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> find_project_value(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> project_value(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> filled(std::string_view text, std::size_t nesting,
                                                  std::size_t& look_ups) const;

  std::vector<Level> levels_;
  std::unordered_map<std::string, std::string> project_;
  std::unordered_map<std::string_view, std::string_view> properties_;
  std::vector<std::shared_ptr<const MavenConfig>> configs_;  ///< at least one
  const MavenConfig* config_ = nullptr;                      ///< never null once it is made
  std::vector<Profile> active_;
};

}  // namespace sluice::deps
