// SPDX-License-Identifier: Apache-2.0
#include "deps/node_overrides.hpp"

#include "base/text.hpp"
#include "deps/node_manifest.hpp"
#include "deps/node_packages.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::deps {

namespace {

constexpr std::size_t most_overrides = 2'000;

bool
has_overrides(Installer installer)
{
  return installer != Installer::other && installer != Installer::deno && installer != Installer::composer;
}

class OverrideReader
{
public:
  OverrideReader(Installer installer, const Surroundings& around)
      : installer_(installer),
        around_(around)
  {}

  std::vector<NodeOverride>
  read()
  {
    if (!has_overrides(installer_)) {
      return {};
    }
    if (auto text = around_.read("package.json")) {
      if (auto manifest = parse_node_manifest(*std::move(text))) {
        manifest_ = *std::move(manifest);
        path_ = around_.resolve("package.json").value_or("");
        read_manifest(manifest_->data.root());
      }
    }
    if (installer_ == Installer::pnpm) {
      read_workspace();
    }
    return std::move(found_);
  }

private:
  void
  read_manifest(Value root)
  {
    switch (installer_) {
    case Installer::npm:
      return read_nested(root["overrides"], "", "");
    case Installer::yarn_classic:
    case Installer::yarn_berry:
      return read_resolutions(root["resolutions"]);
    case Installer::bun:
      read_resolutions(root["resolutions"]);
      return read_nested(root["overrides"], "", "");
    case Installer::pnpm:
      read_resolutions(root["resolutions"]);
      return read_selectors(root["pnpm"]["overrides"], "pnpm.overrides");
    case Installer::deno:
    case Installer::composer:
    case Installer::other:
      return;
    }
  }

  void
  read_workspace()
  {
    const auto text = around_.read("pnpm-workspace.yaml");
    const auto documents = text ? read_yaml_data(*text) : tl::unexpected(Defect{});
    if (documents && !documents->empty()) {
      path_ = around_.resolve("pnpm-workspace.yaml").value_or("");
      read_selectors(documents->front().root()["overrides"], "overrides");
    }
  }

  // The document's depth is limited, and so is this recursion.
  void
  read_nested(Value table, const std::string& above, const std::string& within)
  {
    for (const Value member : table) {
      const NameAndRest key = split_at_version(member.key());
      const std::string written =
          above.empty() ? std::string(member.key()) : fmt::format("{} > {}", above, member.key());
      if (!member.is_table()) {
        add({.key = written,
             .name = std::string(key.name),
             .within = within,
             .asked = std::string(key.rest),
             .table = "overrides"},
            member);
        continue;
      }
      if (const Value own = member["."]) {
        add({.key = written,
             .name = std::string(key.name),
             .within = within,
             .asked = std::string(key.rest),
             .table = "overrides"},
            own);
      }
      read_nested(member, written, std::string(key.name));
    }
  }

  /// "name", "**/name", "parent/name", "parent/**/name", "@scope/name@npm:1.0.0".
  void
  read_resolutions(Value table)
  {
    for (const Value member : table) {
      std::vector<std::string> steps;
      bool is_in_scope = false;
      for (const std::string_view part : split(member.key(), '/')) {
        if (is_in_scope) {
          steps.back().append("/").append(part);
        } else if (part != "**" && !part.empty()) {
          steps.emplace_back(part);
        }
        is_in_scope = !is_in_scope && part.starts_with('@') && part.find('@', 1) == std::string_view::npos;
      }
      if (steps.empty()) {
        continue;
      }
      const NameAndRest last = split_at_version(steps.back());
      const std::string_view above = steps.size() > 1 ? split_at_version(steps[steps.size() - 2]).name : "";
      add({.key = std::string(member.key()),
           .name = std::string(last.name),
           .within = std::string(above),
           .asked = std::string(last.rest),
           .table = "resolutions"},
          member);
    }
  }

  /// "name", "name@^1", "parent>name", "parent@1>name@2". A > behind a blank, @ or | is one of a range.
  void
  read_selectors(Value table, std::string_view name_of_table)
  {
    for (const Value member : table) {
      const std::string_view key = member.key();
      std::size_t split = std::string_view::npos;
      for (std::size_t at = 1; at < key.size(); ++at) {
        if (key[at] == '>' && !is_any_of(key[at - 1], " @|")) {
          split = at;
          break;
        }
      }
      const bool has_parent = split != std::string_view::npos;
      const NameAndRest target = split_at_version(has_parent ? key.substr(split + 1) : key);
      add({.key = std::string(key),
           .name = std::string(target.name),
           .within = std::string(has_parent ? split_at_version(key.substr(0, split)).name : ""),
           .asked = std::string(target.rest),
           .table = name_of_table},
          member);
    }
  }

  void
  add(NodeOverride override, Value value)
  {
    if (found_.size() >= most_overrides || override.name.empty() || override.name == ".") {
      return;
    }
    // What the project installs under a name of its own stands in the list by the name of the registry.
    if (alias_in(asked_by_project(override.name))) {
      return;
    }
    override.asked = override.asked == "*" ? std::string() : override.asked;
    override.value = value.scalar();
    override.line = value.line();
    override.path = path_;
    if (override.value.starts_with('$')) {
      override.is_reference = true;
      override.value = asked_by_project(std::string_view(override.value).substr(1));
    }
    found_.push_back(std::move(override));
  }

  /// What the project itself asks for; empty if it does not.
  [[nodiscard]] std::string
  asked_by_project(std::string_view name) const
  {
    if (manifest_ != nullptr) {
      const auto need = std::find_if(manifest_->needs.begin(), manifest_->needs.end(),
                                     [name](const ManifestNeed& each) { return each.name == name; });
      return need == manifest_->needs.end() ? std::string() : std::string(need->range);
    }
    return {};
  }

  Installer installer_;
  const Surroundings& around_;
  std::shared_ptr<const NodeManifest> manifest_;
  std::string path_;
  std::vector<NodeOverride> found_;
};

}  // namespace

std::vector<NodeOverride>
read_node_overrides(Installer installer, const Surroundings& around)
{
  return OverrideReader(installer, around).read();
}

}  // namespace sluice::deps
