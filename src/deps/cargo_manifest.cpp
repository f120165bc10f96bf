// SPDX-License-Identifier: Apache-2.0
#include "deps/cargo_manifest.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "deps/beside.hpp"
#include "deps/manifest_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::size_t max_manifests = 2000;

/// The optional dependencies that are built unasked, because the default features of the package lead to them.
std::unordered_set<std::string>
default_features(Value features)
{
  std::unordered_map<std::string_view, Value> by_name;
  for (const Value feature : features) {
    by_name.emplace(feature.key(), feature);
  }
  std::unordered_set<std::string> reached;
  std::vector<std::string_view> waiting{"default"};
  while (!waiting.empty()) {
    std::string_view name = waiting.back();
    waiting.pop_back();
    name = name.starts_with("dep:") ? name.substr(4) : name;
    // "crate/feature" builds the crate, "crate?/feature" does not.
    const std::size_t slash = name.find('/');
    if (slash != std::string_view::npos && slash > 0 && name[slash - 1] == '?') {
      continue;
    }
    name = name.substr(0, slash);
    if (reached.insert(std::string(name)).second) {
      if (const auto found = by_name.find(name); found != by_name.end()) {
        for (const Value each : found->second) {
          waiting.push_back(each.text());
        }
      }
    }
  }
  return reached;
}

class Reader
{
public:
  Reader(const Surroundings& around, PackageList& list)
      : around_(around),
        list_(list)
  {}

  CargoManifests
  read()
  {
    waiting_.emplace_back("");
    seen_.insert("");
    while (!waiting_.empty() && seen_.size() <= max_manifests) {
      const std::string directory = std::move(waiting_.back());
      waiting_.pop_back();
      read_directory(directory);
    }
    if (!waiting_.empty()) {
      list_.gap(GapKind::unjudged, 0,
                fmt::format("the workspace has more than {} manifests, and what the others ask for is not known",
                            max_manifests));
    }
    return std::move(result_);
  }

private:
  void
  want(std::string_view directory, std::string_view relative)
  {
    std::string path = path_in(directory, relative);
    const auto resolved = around_.resolve(path);
    if (resolved && seen_.insert(*resolved).second) {
      waiting_.push_back(std::move(path));
    }
  }

  void
  read_directory(const std::string& directory)
  {
    const auto file = toml_beside(around_, path_in(directory, "Cargo.toml"), list_);
    if (!file) {
      return;
    }
    const Value root = file->data.root();
    const std::string_view name = root["package"] ? root["package"]["name"].text() : root["project"]["name"].text();
    if (directory.empty()) {
      result_.is_there = true;
      result_.root = name;
      read_workspace(root["workspace"]);
      read_replacements(root);
    }
    CargoManifest& manifest = result_.by_package[std::string(name)];
    const std::unordered_set<std::string> defaults = default_features(root["features"]);
    read_sections(root, directory, defaults, manifest);
    for (const Value target : root["target"]) {
      read_sections(target, directory, defaults, manifest);
    }
  }

  void
  read_workspace(Value workspace)
  {
    for (const Value each : workspace["dependencies"]) {
      shared_.insert_or_assign(std::string(each.key()), each_of_workspace(each));
      want_by_path(each, each["package"] ? each["package"].text() : each.key(), "");
    }
    for (const Value member : workspace["members"]) {
      if (member.text().find_first_of("*?[") == std::string_view::npos) {
        want("", member.text());
      } else {
        want_matching(member.text());
      }
    }
  }

  /// [patch.REGISTRY] and [replace], whose keys are "name:version" or "registry#name:version".
  void
  read_replacements(Value root)
  {
    for (const Value registry : root["patch"]) {
      for (const Value each : registry) {
        want_by_path(each, each["package"] ? each["package"].text() : each.key(), "");
      }
    }
    for (const Value each : root["replace"]) {
      std::string_view name = each.key();
      name = name.substr(0, name.rfind(':'));
      name = name.substr(name.rfind('#') + 1);
      result_.replaced.emplace(name);
      want_by_path(each, name, "");
    }
  }

  void
  want_by_path(Value each, std::string_view package, std::string_view directory)
  {
    if (each["path"]) {
      result_.by_path.emplace(package);
      want(directory, each["path"].text());
    }
  }

  void
  want_matching(std::string_view written)
  {
    const std::string_view pattern = trim_slashes(written);
    const std::string_view fixed = pattern.substr(0, pattern.find_first_of("*?["));
    const std::string_view prefix = directory_of(fixed);
    const auto directory = around_.resolve(prefix);
    if (!directory) {
      return;
    }
    const Glob glob(fmt::format("{}/Cargo.toml", pattern));
    for (const std::string& path : around_.tree().list(*directory).files) {
      const std::string whole = path_in(prefix, path);
      if (path.ends_with("Cargo.toml") && glob.matches(whole) && whole.size() > 11) {
        want("", whole.substr(0, whole.size() - 11));
      }
    }
  }

  static std::string_view
  trim_slashes(std::string_view pattern)
  {
    while (pattern.ends_with('/')) {
      pattern.remove_suffix(1);
    }
    while (pattern.starts_with("./")) {
      pattern.remove_prefix(2);
    }
    return pattern;
  }

  /// What `workspace = true` stands for.
  struct Shared
  {
    std::string package, requirement;
    bool is_registry = true;
  };

  static Shared
  each_of_workspace(Value each)
  {
    Shared shared;
    shared.package = each["package"] ? each["package"].text() : each.key();
    shared.requirement = each.is_text() ? each.text() : each["version"].text();
    shared.is_registry = !each["path"] && !each["git"];
    return shared;
  }

  void
  read_sections(Value table, std::string_view directory, const std::unordered_set<std::string>& defaults,
                CargoManifest& manifest)
  {
    for (const CargoTable& section : cargo_tables) {
      for (const Value needed : cargo_table(table, section)) {
        Shared detail = each_of_workspace(needed);
        const auto shared = shared_.find(std::string(needed.key()));
        if (needed["workspace"].is_true() && shared != shared_.end()) {
          detail = shared->second;
        }
        want_by_path(needed, detail.package, directory);
        CargoNeed need{section.scope, std::move(detail.requirement), detail.is_registry};
        if (needed["optional"].is_true() && !defaults.contains(std::string(needed.key()))) {
          need.scope = std::max(need.scope, Scope::optional);
        }
        manifest.needs.emplace(cargo_name(detail.package), std::move(need));
      }
    }
  }

  const Surroundings& around_;
  PackageList& list_;
  CargoManifests result_;
  std::unordered_map<std::string, Shared> shared_;
  std::vector<std::string> waiting_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

std::string
cargo_name(std::string_view name)
{
  std::string result(name);
  std::replace(result.begin(), result.end(), '-', '_');
  return result;
}

bool
begins_as_cargo_requirement(std::string_view version, std::string_view requirement)
{
  requirement = trim(requirement);
  requirement = requirement.substr(std::min(requirement.find_first_of("0123456789"), requirement.size()));
  requirement = requirement.substr(0, std::min(requirement.find_first_of(",<>*- "), requirement.size()));
  // "1.2" and "1.2.3" allow every 1.x; below 1 the second number decides.
  const std::vector<std::string_view> asked = split(requirement, '.');
  const std::vector<std::string_view> has = split(version, '.');
  const std::size_t count = asked.front() == "0" ? 2 : 1;
  for (std::size_t i = 0; i < std::min({count, asked.size(), has.size()}); ++i) {
    if (asked[i] != has[i]) {
      return false;
    }
  }
  return true;
}

CargoManifests
read_cargo_manifests(const Surroundings& around, PackageList& list)
{
  return Reader(around, list).read();
}

}  // namespace sluice::deps
