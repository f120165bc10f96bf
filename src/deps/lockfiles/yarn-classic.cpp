// SPDX-License-Identifier: Apache-2.0
//
// yarn.lock of Yarn 1 (github.com/yarnpkg/yarn, src/lockfile): its own format of lines, indented by two spaces a level.
// An entry is headed by the patterns that it answers, "name@range", and says which version they are. The file names
// neither the project nor its members: their manifests tell what is direct, and for what.
#include "base/text.hpp"
#include "deps/lockfile.hpp"
#include "deps/node_manifest.hpp"
#include "deps/node_packages.hpp"
#include "deps/not_locked.hpp"
#include "deps/npm_range.hpp"
#include "deps/yarn_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace sluice::deps {

namespace {

constexpr std::string_view fix = "Make the lockfile anew with yarn install";

class ClassicList
{
public:
  ClassicList(const LockText& file, PackageList& list)
      : file_(file),
        list_(list)
  {}

  void
  read(const std::vector<YarnEntry>& entries)
  {
    for (const YarnEntry& entry : entries) {
      add(entry);
    }
    read_manifests();
    for (const auto& [id, entry] : ids_) {
      for (const YarnNeed& need : entry->needs) {
        add_need(id, need.name, need.range, need.is_optional ? Scope::optional : Scope::runtime, need.line);
      }
    }
    tell_ignored();
    if (!has_manifest_) {
      guess_root_needs();
    }
  }

private:
  void
  add(const YarnEntry& entry)
  {
    of_entry_.clear();
    for (const std::string_view pattern : entry.patterns) {
      const Package package = package_of(entry, pattern);
      // Patterns may be aliases of one package; of several, Yarn installs each.
      const auto [same, is_new] = of_entry_.try_emplace(package.name, 0);
      if (is_new) {
        same->second = list_.add(package);
        ids_.emplace_back(same->second, &entry);
        tell_unlocked(package);
      }
      const PackageId id = same->second;
      if (package.source == Source::registry && !is_kept(entry, pattern)) {
        ignored_.emplace_back(pattern, id);
      }
      if (!by_pattern_.emplace(pattern, id).second) {
        list_.gap(GapKind::unparsable, entry.line,
                  fmt::format("{} has two entries; the last one was read", printable(pattern)), std::string(fix));
        by_pattern_[pattern] = id;
      }
      std::vector<PackageId>& named = by_name_[split_at_version(pattern).name];
      if (named.empty() || named.back() != id) {
        named.push_back(id);
      }
    }
  }

  static Package
  package_of(const YarnEntry& entry, std::string_view pattern)
  {
    const NameAndRest parts = split_at_version(pattern);
    Package package;
    package.ecosystem = npm_ecosystem;
    package.name = parts.name;
    package.line = entry.line;
    package.version = entry.version;
    package.location = entry.resolved;
    package.integrity = entry.integrity;
    if (const auto alias = alias_in(parts.rest)) {
      package.name = alias->name;
    }
    const bool is_address = parts.rest.find_first_of(":/") != std::string_view::npos && !parts.rest.starts_with("npm:");
    package.source = source_of_address(entry.resolved.empty() && is_address ? parts.rest : entry.resolved);
    if (package.source == Source::path && !is_archive(parts.rest)) {
      package.part = Part::member;
    }
    if (const std::string_view served = name_in_registry_url(entry.resolved); is_address && !served.empty()) {
      package.name = served;
    }
    return package;
  }

  void
  tell_unlocked(const Package& package)
  {
    if (package.version.empty()) {
      not_locked(list_, package.line, package.name, std::string(fix));
    }
  }

  /// Whether Yarn takes the entry for the pattern (package-request.js): it asks the registry again where the entry does
  /// not say from where it is, or is of a version that is not asked for.
  static bool
  is_kept(const YarnEntry& entry, std::string_view pattern)
  {
    const auto range = NpmRange::parse(split_at_version(pattern).rest);
    return !entry.resolved.empty() && (!range || range->admits(entry.version));
  }

  /// "resolutions" of package.json put another version in place of what is asked for.
  [[nodiscard]] bool
  is_resolved_by_project(std::string_view name) const
  {
    return std::any_of(resolutions_.begin(), resolutions_.end(), [name](std::string_view key) {
      return key == name || (key.ends_with(name) && key.substr(0, key.size() - name.size()).ends_with('/'));
    });
  }

  /// Without the manifest it is not known what the project resolves itself.
  void
  tell_ignored()
  {
    for (const auto& [pattern, id] : ignored_) {
      const Package& package = list_.at(id);
      if (has_manifest_ && (package.location.empty() || !is_resolved_by_project(split_at_version(pattern).name))) {
        list_.gap(GapKind::unjudged, package.line,
                  package.location.empty() ? fmt::format(
                      "{} does not say from where it is, so that Yarn resolves it anew", printable(pattern))
                                           : fmt::format("{} is not {}, so that Yarn resolves it anew",
                                                         printable(package.version), printable(pattern)),
                  std::string(fix));
        return;
      }
    }
  }

  void
  read_manifests()
  {
    const auto root = read_node_manifest(file_.around, "package.json", list_);
    if (root == nullptr) {
      return;
    }
    has_manifest_ = true;
    for (const Value resolution : root->data.root()["resolutions"]) {
      resolutions_.push_back(resolution.key());
    }
    add_project(*root, Part::root, ".");
    std::vector<std::pair<PackageId, std::shared_ptr<const NodeManifest>>> projects{{own_.back(), root}};
    for (const std::string& directory : member_directories(file_.around, root->members, list_)) {
      if (const auto member = read_node_manifest(file_.around, directory + "/package.json", list_)) {
        add_project(*member, Part::member, list_.keep(directory));
        members_.insert_or_assign(member->name, own_.back());
        projects.emplace_back(own_.back(), member);
      }
    }
    for (const auto& [id, manifest] : projects) {
      for (const ManifestNeed& need : manifest->needs) {
        // Yarn 1 installs no peers: one that is there is there for somebody else, who is a way to it.
        if (need.scope != Scope::peer && !need.is_optional_peer) {
          add_need(id, need.name, need.range, need.scope, 0);
        } else if (const auto found = by_name_.find(need.name); found != by_name_.end()) {
          list_.need(id, found->second.front(), need.scope, need.range);
        }
      }
    }
  }

  void
  add_project(const NodeManifest& manifest, Part part, std::string_view directory)
  {
    Package own;
    own.ecosystem = npm_ecosystem;
    own.name = manifest.name.empty() ? directory : manifest.name;
    own.version = manifest.version;
    own.source = Source::path;
    own.part = part;
    own.line = 1;
    own.location = directory;
    own_.push_back(list_.add(own));
  }

  void
  add_need(PackageId from, std::string_view name, std::string_view range, Scope scope, std::uint32_t line)
  {
    pattern_.assign(name).append("@").append(range);
    if (const auto found = by_pattern_.find(pattern_); found != by_pattern_.end()) {
      needed(from, found->second, scope, range);
    } else if (const auto member = members_.find(name); member != members_.end()) {
      list_.need(from, member->second, scope, range);
    } else if (const auto named = by_name_.find(name); named != by_name_.end()) {
      // "resolutions" answer a pattern by an entry of another; which, only package.json says.
      for (std::size_t i = 0; i < named->second.size() && list_.takes_needs(); ++i) {
        needed(from, named->second[i], scope, range);
      }
    } else if (scope != Scope::optional && !is_own_range(range) && list_.at(from).part == Part::third_party
               && has_manifest_) {
      list_.gap(GapKind::unparsable, line, fmt::format("{} is needed and not in the file", printable(pattern_)),
                std::string(fix));
    } else if (scope != Scope::optional && !is_own_range(range) && list_.at(from).part != Part::third_party
               && !ids_.empty()) {
      list_.gap(GapKind::unjudged, 0,
                fmt::format("{} is named by package.json and not in the file", printable(pattern_)), std::string(fix));
    }
  }

  void
  needed(PackageId from, PackageId to, Scope scope, std::string_view range)
  {
    is_needed_.resize(list_.packages().size());
    is_needed_[to] = true;
    list_.need(from, to, scope, range);
  }

  /// Without a manifest, what nobody needs is what the project names.
  void
  guess_root_needs()
  {
    Package own;
    own.part = Part::root;
    const PackageId root = list_.add(own);
    is_needed_.resize(list_.packages().size());
    for (const auto& [id, entry] : ids_) {
      if (!is_needed_[id]) {
        list_.need(root, id);
      }
    }
  }

  const LockText& file_;
  PackageList& list_;
  std::vector<std::pair<PackageId, const YarnEntry*>> ids_;
  std::unordered_map<std::string_view, PackageId> of_entry_;  ///< by their real names
  std::vector<PackageId> own_;
  std::vector<std::pair<std::string_view, PackageId>> ignored_;  ///< patterns whose entry Yarn does not take
  std::vector<std::string_view> resolutions_;
  std::unordered_map<std::string_view, PackageId> by_pattern_, members_;
  std::unordered_map<std::string_view, std::vector<PackageId>> by_name_;
  std::vector<bool> is_needed_;
  bool has_manifest_ = false;
  std::string pattern_;
};

void
read(const LockText& file, PackageList& list)
{
  auto entries = read_yarn_lines(file.text, list);
  if (!entries) {
    list.refuse(GapKind::unparsable, entries.error().line, std::move(entries.error().what), std::string(fix));
    return;
  }
  ClassicList(file, list).read(*entries);
  report_none_locked(file, fix, list);
}

/// Yarn 2 and later have a table of this name, and no other does.
bool
claims(std::string_view /*path*/, std::string_view text)
{
  return !text.starts_with("__metadata:") && text.find("\n__metadata:") == std::string_view::npos;
}

constexpr std::array<std::string_view, 1> paths{"yarn.lock"};

}  // namespace

extern const Lockfile lockfile_yarn_classic{.id = "yarn-classic",
                                            .title = "Yarn 1 yarn.lock",
                                            .purpose = Purpose::install,
                                            .hashed = Hashed::all,
                                            .weak_hash = WeakHash::outgrown,
                                            .manifest = ManifestKind::package_json,
                                            .installer = Installer::yarn_classic,
                                            .paths = paths,
                                            .claims = claims,
                                            .read = read,
                                            .upgrade = {"yarn upgrade {name}@{version}", {}}};

}  // namespace sluice::deps
