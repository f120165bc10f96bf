// SPDX-License-Identifier: Apache-2.0
//
// As much of MSBuild as tells which versions a project asks for (learn.microsoft.com, "How MSBuild builds projects"):
// properties are evaluated first, in the order of the files, each from what was known before it, which is why they
// cannot go in circles; items come afterwards and see the last values. What only a build knows (the framework of a
// multi-targeted project, the configuration, a property function) is unknown: a condition on it holds perhaps, and
// a property that is set perhaps has several values.
#pragma once

#include "deps/xml.hpp"
#include "gate/file_tree.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sluice::deps {

enum class Certainty { no, perhaps, yes };

class MsBuild
{
public:
  static constexpr std::size_t max_files = 64;
  static constexpr std::size_t max_import_depth = 16;
  static constexpr std::size_t max_value_bytes = 4096;
  static constexpr std::size_t max_alternatives = 8;

  /// An element of an ItemGroup whose conditions do not surely fail.
  struct Item
  {
    Element element;
    std::string_view file;  ///< path from the root of the tree
    Certainty certainty = Certainty::yes;
  };

  /// A file that may set or name something and was not read.
  struct Unread
  {
    std::string file;  ///< that is not read, or that names it; from the root
    std::uint32_t line = 0;
    std::string why;  ///< a clause
  };

  /// `tree` must outlive it. `project` is the path of the file that is built, from the root.
  MsBuild(const gate::FileTree& tree, std::string_view project);

  /// Evaluates a file and what it imports; one that is not there is passed over, as are those of .NET itself.
  void load(std::string_view path);
  void load(std::string_view path, std::shared_ptr<const Xml> xml);
  /// The files that a property names, as .NET's own files import them where it is set. Seen from the project.
  void load_named_by(std::string_view property);
  /// The nearest file of that name in the project's directory or above; empty if there is none.
  [[nodiscard]] std::string find_above(std::string_view name) const;

  /// Once all files are loaded.
  [[nodiscard]] std::vector<Item> items();

  [[nodiscard]] const std::vector<Unread>&
  unread() const
  {
    return unread_;
  }

  /// Every text that `$(Name)` may make of it; none if a property is not known.
  [[nodiscard]] std::vector<std::string> expand(std::string_view text) const;
  /// The only value of a property, in lower case; empty if it has none or several.
  [[nodiscard]] std::string value(std::string_view property) const;

private:
  struct Group
  {
    Element element;
    std::string file;
    Certainty certainty = Certainty::yes;
  };

  void load(std::string_view path, std::shared_ptr<const Xml> xml, std::size_t depth);
  void walk(Element parent, const std::string& file, Certainty certainty, std::size_t depth);
  void choose(Element choice, const std::string& file, Certainty certainty, std::size_t depth);
  void set(Element property, Certainty certainty);
  void import(Element element, const std::string& file, std::size_t depth);
  void import_matching(std::string_view pattern, std::uint32_t line, const std::string& file, std::size_t depth);
  void walk_target(Element target, const std::string& file);
  [[nodiscard]] bool is_somewhere_above(std::string_view project, const std::string& file) const;
  [[nodiscard]] std::string above(std::string_view arguments, const std::string& file) const;
  [[nodiscard]] std::string find_above(std::string_view directory, std::string_view name) const;
  [[nodiscard]] Certainty holds(Element element, Certainty within) const;
  void enter(const std::string& file);

  const gate::FileTree& tree_;
  std::string project_;
  std::vector<std::shared_ptr<const Xml>> documents_;
  std::unordered_set<std::string> loaded_;
  std::vector<Group> groups_;
  std::vector<Unread> unread_;
  std::unordered_map<std::string, std::vector<std::string>> properties_;  ///< names in lower case
};

}  // namespace sluice::deps
