// SPDX-License-Identifier: Apache-2.0
#include "deps/maven_pom.hpp"

#include "base/text.hpp"
#include "deps/lockfile.hpp"

#include <algorithm>

namespace sluice::deps {

namespace {

/// The poms of a tree that were read: siblings share parents, and each asks for the others.
struct KnownPoms
{
  static constexpr std::size_t most_bytes = std::size_t{64} << 20U;

  std::unordered_map<std::string, std::shared_ptr<const Xml>> by_path;  ///< null: it is none
  std::size_t bytes = 0;                                                ///< of their texts
};

}  // namespace

std::optional<std::string>
pom_at(const gate::FileTree& tree, std::string_view path, std::string_view relative)
{
  const Surroundings around(tree, path);
  auto found = around.resolve(relative);
  if (found && tree.is_file(*found)) {
    return found;
  }
  return found && tree.is_directory(*found) ? around.resolve(std::string(relative) + "/pom.xml") : std::nullopt;
}

std::shared_ptr<const Xml>
read_pom(const gate::FileTree& tree, std::string_view path)
{
  auto& known = tree.kept<KnownPoms>();
  if (const auto found = known.by_path.find(std::string(path)); found != known.by_path.end()) {
    return found->second;
  }
  const auto text = Surroundings(tree, "").read(path);
  auto xml = text ? read_xml(*text) : tl::expected<Xml, Defect>(tl::unexpected(Defect()));
  auto pom = xml && xml->root().name() == "project" ? std::make_shared<const Xml>(*std::move(xml)) : nullptr;
  known.bytes += text ? text->size() : 0;
  if (known.bytes < KnownPoms::most_bytes) {
    known.by_path.emplace(path, pom);
  }
  return pom;
}

std::vector<std::string>
modules_of(const gate::FileTree& tree, std::string_view path, const Xml& pom)
{
  std::vector<std::string> all;
  const auto add = [&](Element parent) {
    for (const std::string_view list : {"modules", "subprojects"}) {
      for (const Element module : parent.child(list)) {
        if (auto found = pom_at(tree, path, module.text())) {
          all.push_back(*std::move(found));
        }
      }
    }
  };
  add(pom.root());
  for (const Element profile : pom.root().child("profiles")) {
    add(profile);
  }
  return all;
}

MavenPom::MavenPom(const gate::FileTree& tree, std::string_view path, std::shared_ptr<const Xml> xml)
{
  add_level(tree, std::string(path), std::move(xml));
  for (const std::string_view name : {"groupId", "artifactId", "version"}) {
    if (auto value = find_project_value(name)) {
      project_.emplace(name, *std::move(value));
    }
  }
  for (const Element each : levels_.front().xml->root().child("parent")) {
    project_.emplace("parent." + std::string(each.name()), each.text());
  }
  configs_ = maven_configs(tree, path);
  build_with(*configs_.front(), {});
}

std::vector<MavenPom::Profile>
MavenPom::profiles(const MavenConfig& config) const
{
  std::vector<Profile> all;
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    for (const Element profile : levels_[level].xml->root().child("profiles")) {
      all.push_back({level, profile});
    }
  }
  for (const auto& settings : config.settings) {
    for (const Element profile : settings->root().child("profiles")) {
      all.push_back({0, profile});
    }
  }
  return all;
}

void
MavenPom::build_with(const MavenConfig& config, std::vector<Profile> active)
{
  config_ = &config;
  active_ = std::move(active);
  properties_.clear();
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    for (const Element part : parts(level)) {
      for (const Element property : part.child("properties")) {
        properties_.emplace(property.name(), property.text());
      }
    }
    // What a profile that is active unless told otherwise sets, where nothing else does.
    for (const Element profile : levels_[level].xml->root().child("profiles")) {
      if (profile.child("activation").child("activeByDefault").text() == "true") {
        for (const Element property : profile.child("properties")) {
          properties_.emplace(property.name(), property.text());
        }
      }
    }
  }
}

std::vector<Element>
MavenPom::parts(std::size_t level) const
{
  std::vector<Element> all;
  for (auto profile = active_.rbegin(); profile != active_.rend(); ++profile) {
    if (profile->level == level) {
      all.push_back(profile->element);
    }
  }
  all.push_back(levels_[level].xml->root());
  return all;
}

void
MavenPom::add_level(const gate::FileTree& tree, std::string path, std::shared_ptr<const Xml> xml)
{
  std::optional<Level> next{Level{std::move(path), std::move(xml)}};
  while (next && levels_.size() < max_parents) {
    levels_.push_back(*std::move(next));
    next = parent_of(tree, levels_.back());
    if (next && std::any_of(levels_.begin(), levels_.end(), [&next](const Level& level) {
          return level.path == next->path;
        })) {
      return;
    }
  }
}

/// The file at relativePath counts only if it is the artifact that the child names; Maven else asks the repository.
std::optional<MavenPom::Level>
MavenPom::parent_of(const gate::FileTree& tree, const Level& level)
{
  const Element parent = level.xml->root().child("parent");
  const Element relative = parent.child("relativePath");
  if (!parent || (relative && relative.text().empty())) {
    return std::nullopt;
  }
  auto path = pom_at(tree, level.path, relative ? relative.text() : "../pom.xml");
  auto xml = path ? read_pom(tree, *path) : nullptr;
  if (xml == nullptr) {
    return std::nullopt;
  }
  const Element root = xml->root();
  const std::string_view artifact = parent.child("artifactId").text();
  const std::string_view group = parent.child("groupId").text();
  const Element own_group = root.child("groupId") ? root.child("groupId") : root.child("parent").child("groupId");
  // Maven 4 lets a child name its parent by place alone.
  const bool is_same =
      (artifact.empty() || artifact == root.child("artifactId").text()) && (group.empty() || group == own_group.text());
  const std::string_view version = parent.child("version").text();
  const Element own = root.child("version") ? root.child("version") : root.child("parent").child("version");
  const bool is_told =
      version.find_first_of("[(,$") == std::string_view::npos && own.text().find('$') == std::string_view::npos;
  if (!is_same || (!version.empty() && is_told && version != own.text())) {
    return std::nullopt;
  }
  return Level{*std::move(path), std::move(xml)};
}

std::optional<std::string>
MavenPom::find_project_value(std::string_view name) const
{
  for (const Level& level : levels_) {
    if (const Element value = level.xml->root().child(name)) {
      return std::string(value.text());
    }
    // Group and version are the parent's where the child has none.
    const Element inherited = level.xml->root().child("parent").child(name);
    if (inherited && name != "artifactId" && !inherited.text().empty()) {
      return std::string(inherited.text());
    }
  }
  return std::nullopt;
}

std::optional<std::string>
MavenPom::project_value(std::string_view name) const
{
  for (const std::string_view prefix : {"project.", "pom."}) {
    name = name.starts_with(prefix) ? name.substr(prefix.size()) : name;
  }
  const auto found = project_.find(std::string(name));
  return found == project_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string>
MavenPom::property(std::string_view name) const
{
  const bool is_of_project = name.starts_with("project.") || name.starts_with("pom.");
  if (is_of_project) {
    if (auto value = project_value(name)) {
      return value;
    }
  }
  if (const auto told = config_->user.find(std::string(name)); told != config_->user.end()) {
    return told->second;
  }
  if (const auto found = properties_.find(name); found != properties_.end()) {
    return std::string(found->second);
  }
  if (const auto told = config_->system.find(std::string(name)); told != config_->system.end()) {
    return told->second;
  }
  return is_of_project ? std::nullopt : project_value(name);
}

std::optional<std::string>
MavenPom::filled(std::string_view text) const
{
  std::size_t look_ups = max_look_ups;
  return filled(text, 0, look_ups);
}

// Its depth is bounded by max_nesting, its work by max_look_ups.
std::optional<std::string>
MavenPom::filled(std::string_view text, std::size_t nesting, std::size_t& look_ups) const  // NOLINT(misc-no-recursion)
{
  if (nesting > max_nesting) {
    return std::nullopt;
  }
  std::string out;
  for (std::size_t begin = text.find("${"); begin != std::string_view::npos; begin = text.find("${")) {
    const std::size_t end = text.find('}', begin);
    if (end == std::string_view::npos || look_ups == 0) {
      return std::nullopt;
    }
    --look_ups;
    const auto value = property(text.substr(begin + 2, end - begin - 2));
    const auto inner = value ? filled(*value, nesting + 1, look_ups) : std::nullopt;
    if (!inner) {
      return std::nullopt;
    }
    out.append(text.substr(0, begin)).append(*inner);
    text.remove_prefix(end + 1);
    if (out.size() > max_value_bytes) {
      return std::nullopt;
    }
  }
  return out.append(text);
}

std::string
MavenPom::group() const
{
  const std::string raw = project_value("groupId").value_or("");
  return filled(raw).value_or(raw);
}

std::string
MavenPom::artifact() const
{
  const std::string raw = project_value("artifactId").value_or("");
  return filled(raw).value_or(raw);
}

std::optional<std::string>
MavenPom::version() const
{
  const auto raw = project_value("version");
  return raw ? filled(*raw) : std::nullopt;
}

}  // namespace sluice::deps
