// SPDX-License-Identifier: Apache-2.0
#include "deps/msbuild.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "deps/lockfile.hpp"
#include "deps/msbuild_condition.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::deps {

namespace {

constexpr std::string_view this_directory = "msbuildthisfiledirectory";

/// "/a/b/" for "a/b/c.props": paths in properties begin at the root of the tree.
std::string
rooted_directory(std::string_view path)
{
  return "/" + std::string(path.substr(0, path.size() - file_name_of(path).size()));
}

}  // namespace

MsBuild::MsBuild(const gate::FileTree& tree, std::string_view project)
    : tree_(tree),
      project_(project)
{
  const std::string_view file = file_name_of(project_);
  const std::string directory = rooted_directory(project_);
  properties_["msbuildprojectdirectory"] = {directory.substr(0, std::max<std::size_t>(directory.size() - 1, 1))};
  properties_["msbuildprojectfile"] = {std::string(file)};
  properties_["msbuildprojectname"] = {std::string(file.substr(0, file.rfind('.')))};
  properties_["msbuildprojectextension"] = {
      std::string(file.substr(file.rfind('.') == std::string_view::npos ? file.size() : file.rfind('.')))};
}

void
MsBuild::enter(const std::string& file)
{
  properties_[std::string(this_directory)] = {rooted_directory(file)};
}

void
MsBuild::load(std::string_view path)
{
  load(path, nullptr, 0);
}

void
MsBuild::load_named_by(std::string_view property)
{
  const auto found = properties_.find(to_lower(property));
  if (found == properties_.end()) {
    return;
  }
  if (found->second.empty()) {
    unread_.push_back({project_, 0, fmt::format("where its property {} leads is not known", property)});
  }
  const std::vector<std::string> paths = found->second;
  for (const std::string& path : paths) {
    if (!trim(path).empty()) {
      import_matching(replace_all(trim(path), "\\", "/"), 0, project_, 0);
    }
  }
}

void
MsBuild::load(std::string_view path, std::shared_ptr<const Xml> xml)
{
  load(path, std::move(xml), 0);
}

// Its depth is bounded by max_import_depth.
void
MsBuild::load(std::string_view path, std::shared_ptr<const Xml> xml, std::size_t depth)  // NOLINT(misc-no-recursion)
{
  std::string file(path);
  if (file.empty() || loaded_.contains(file) || (xml == nullptr && tree_.kind(file) == gate::EntryKind::none)) {
    return;
  }
  if (depth > max_import_depth || loaded_.size() >= max_files) {
    unread_.push_back({file, 0, "it is not read, for there are too many imports"});
    return;
  }
  loaded_.insert(file);
  if (xml == nullptr) {
    const auto text = Surroundings(tree_, "").read(file);
    auto read = text ? read_xml(*text) : tl::expected<Xml, Defect>(tl::unexpected(Defect{0, "it cannot be read"}));
    if (!read || read->root().name() != "Project") {
      unread_.push_back(read ? Unread{file, read->root().line(), "its root is not <Project>"}
                             : Unread{file, read.error().line, std::move(read.error().what)});
      return;
    }
    xml = std::make_shared<const Xml>(*std::move(read));
  }
  documents_.push_back(xml);
  enter(file);
  walk(xml->root(), file, Certainty::yes, depth);
}

void
MsBuild::walk(Element parent, const std::string& file, Certainty within,
              std::size_t depth)  // NOLINT(misc-no-recursion)
{
  for (const Element each : parent) {
    if (each.name() == "ItemGroup") {
      groups_.push_back({each, file, within});
      continue;
    }
    const Certainty certainty = holds(each, within);
    if (certainty == Certainty::no) {
      continue;
    }
    if (each.name() == "PropertyGroup") {
      for (const Element property : each) {
        set(property, holds(property, certainty));
      }
    } else if (each.name() == "Import") {
      import(each, file, depth);
    } else if (each.name() == "ImportGroup") {
      walk(each, file, certainty, depth);
    } else if (each.name() == "Target") {
      walk_target(each, file);
    } else if (each.name() == "Choose") {
      choose(each, file, certainty, depth);
    }
  }
}

/// What runs when, only a build knows; what it may add to the items counts.
void
MsBuild::walk_target(Element target, const std::string& file)
{
  for (const Element each : target) {
    if (each.name() == "ItemGroup") {
      groups_.push_back({each, file, Certainty::perhaps});
    }
  }
}

void
MsBuild::choose(Element choice, const std::string& file, Certainty within,
                std::size_t depth)  // NOLINT(misc-no-recursion)
{
  for (const Element branch : choice) {
    const Certainty certainty = holds(branch, within);
    if (certainty != Certainty::no) {
      walk(branch, file, certainty, depth);
    }
    if (certainty == Certainty::yes) {
      return;
    }
    within = std::min(within, certainty == Certainty::perhaps ? Certainty::perhaps : Certainty::yes);
  }
}

void
MsBuild::set(Element property, Certainty certainty)
{
  if (certainty == Certainty::no) {
    return;
  }
  std::vector<std::string>& values = properties_[to_lower(property.name())];
  std::vector<std::string> added = expand(property.text());
  if (certainty == Certainty::yes) {
    values = std::move(added);
    return;
  }
  for (std::string& value : added) {
    if (values.size() < max_alternatives && std::find(values.begin(), values.end(), value) == values.end()) {
      values.push_back(std::move(value));
    }
  }
}

void
MsBuild::import(Element element, const std::string& file, std::size_t depth)  // NOLINT(misc-no-recursion)
{
  // $([MSBuild]::GetPathOfFileAbove('name', 'directory')) is the one function that is used to go up.
  constexpr std::string_view function = "$([MSBuild]::GetPathOfFileAbove(";
  const std::string_view project = element.attribute("Project");
  if (!element.attribute("Sdk").empty()) {
    return;
  }
  if (project.starts_with(function)) {
    load(above(project.substr(function.size()), file), nullptr, depth + 1);
    enter(file);
    return;
  }
  const std::vector<std::string> paths = expand(project);
  if (paths.empty() && is_somewhere_above(project, file)) {
    unread_.push_back(
        {file, element.line(), fmt::format("where its import of {} leads is not known", printable(project))});
  }
  for (const std::string& path : paths) {
    import_matching(replace_all(path, "\\", "/"), element.line(), file, depth);
    enter(file);
  }
}

/// A path, or with * or ? all files that it fits, in their order.
void
MsBuild::import_matching(std::string_view pattern, std::uint32_t line, const std::string& file,
                         std::size_t depth)  // NOLINT(misc-no-recursion)
{
  const Surroundings around(tree_, pattern.starts_with('/') ? std::string_view() : std::string_view(file));
  const std::size_t wild = pattern.find_first_of("*?");
  if (wild == std::string_view::npos) {
    load(around.resolve(pattern).value_or(""), nullptr, depth + 1);
    return;
  }
  const std::size_t slash = pattern.rfind('/', wild);
  const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
  const auto directory = around.resolve(pattern.substr(0, begin));
  if (!directory || !tree_.is_directory(*directory)) {
    return;
  }
  const Glob glob{std::string(pattern.substr(begin))};
  const gate::Listing listing = tree_.list(*directory);
  for (const std::string& each : listing.files) {
    if (glob.matches(each)) {
      load(directory->empty() ? each : fmt::format("{}/{}", *directory, each), nullptr, depth + 1);
    }
  }
  if (!listing.complete) {
    unread_.push_back({file, line, fmt::format("its import of {} fits too many files", printable(pattern))});
  }
}

/// Whether an import that begins with what is not known may be of this tree and not of .NET: what follows is a file in
/// the directory of the file that imports it, or in one above.
bool
MsBuild::is_somewhere_above(std::string_view project, const std::string& file) const
{
  const std::string written = replace_all(project, "\\", "/");
  const std::string_view all = written;
  const std::size_t known = all.rfind(')') + 1;
  const std::string_view rest = all.substr(std::min(all.find_first_not_of('/', known), all.size()));
  const std::string here = rooted_directory(file);
  std::string_view directory = std::string_view(here).substr(0, here.size() - 1);
  while (!rest.empty()) {
    const auto path = Surroundings(tree_, "").resolve(fmt::format("{}/{}", directory, rest));
    if (path && tree_.is_file(*path)) {
      return true;
    }
    if (directory.empty()) {
      break;
    }
    directory = directory.substr(0, directory.rfind('/'));
  }
  return false;
}

std::string
MsBuild::above(std::string_view arguments, const std::string& file) const
{
  const std::string plain = replace_all(replace_all(arguments, "'", ""), ")", "");
  const std::size_t comma = plain.find(',');
  const std::string_view name = trim(std::string_view(plain).substr(0, comma));
  const std::string_view start =
      comma == std::string::npos ? std::string_view() : trim(std::string_view(plain).substr(comma + 1));
  const bool is_parent = start.find("..") != std::string_view::npos;
  const std::string here = rooted_directory(file);
  const std::string_view directory = std::string_view(here).substr(0, here.size() - 1);
  return find_above(is_parent ? directory.substr(0, std::min(directory.rfind('/'), directory.size())) : directory,
                    name);
}

std::string
MsBuild::find_above(std::string_view name) const
{
  const std::string directory = rooted_directory(project_);
  return find_above(std::string_view(directory).substr(0, directory.size() - 1), name);
}

/// `directory` is "" or begins with a slash and ends in none.
std::string
MsBuild::find_above(std::string_view directory, std::string_view name) const
{
  if (name.empty() || name.find('/') != std::string_view::npos) {
    return {};
  }
  for (;;) {
    std::string path(directory);
    path = path.append("/").append(name).substr(1);
    if (tree_.is_file(path)) {
      return path;
    }
    if (directory.empty()) {
      return {};
    }
    directory = directory.substr(0, directory.rfind('/'));
  }
}

std::vector<MsBuild::Item>
MsBuild::items()
{
  std::vector<Item> out;
  for (const Group& group : groups_) {
    enter(group.file);
    // What a group's condition asks of may be set by a later file.
    const Certainty certainty = holds(group.element, group.certainty);
    for (const Element element : group.element) {
      if (const Certainty own = holds(element, certainty); own != Certainty::no) {
        out.push_back({element, group.file, own});
      }
    }
  }
  return out;
}

Certainty
MsBuild::holds(Element element, Certainty within) const
{
  const ConditionFacts facts{[this](std::string_view text) { return expand(text); },
                             [this](std::string_view name) { return properties_.contains(to_lower(name)); }};
  return std::min(within, condition_holds(element.attribute("Condition"), facts));
}

std::vector<std::string>
MsBuild::expand(std::string_view text) const
{
  std::vector<std::string> all{""};
  for (;;) {
    const std::size_t begin = text.find("$(");
    for (std::string& each : all) {
      each += text.substr(0, begin);
    }
    if (begin == std::string_view::npos) {
      break;
    }
    const std::size_t end = text.find(')', begin);
    if (end == std::string_view::npos) {
      return {};
    }
    const auto found = properties_.find(to_lower(text.substr(begin + 2, end - begin - 2)));
    if (found == properties_.end() || found->second.empty()) {
      return {};
    }
    std::vector<std::string> next;
    for (const std::string& each : all) {
      for (const std::string& value : found->second) {
        if (next.size() < max_alternatives && each.size() + value.size() <= max_value_bytes) {
          next.push_back(each + value);
        }
      }
    }
    all = std::move(next);
    text.remove_prefix(end + 1);
  }
  std::erase_if(all, [](const std::string& each) { return each.size() > max_value_bytes; });
  return all;
}

std::string
MsBuild::value(std::string_view property) const
{
  const auto found = properties_.find(to_lower(property));
  return found == properties_.end() || found->second.size() != 1 ? std::string() : to_lower(found->second.front());
}

}  // namespace sluice::deps
