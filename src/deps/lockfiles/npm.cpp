// SPDX-License-Identifier: Apache-2.0
//
// npm's package-lock.json and npm-shrinkwrap.json (docs.npmjs.com, "package-lock.json"). Versions 2 and 3 list every
// directory of the installed tree under "packages", by its path; version 1 nests "dependencies" as the tree is nested.
// In both a package finds what it needs as Node.js does: in the node_modules of its own directory, then of each
// directory above it.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "base/view_map.hpp"
#include "data/data.hpp"
#include "deps/lockfile.hpp"
#include "deps/missing.hpp"
#include "deps/node_manifest.hpp"
#include "deps/node_packages.hpp"
#include "deps/not_locked.hpp"
#include "deps/npm_entry.hpp"
#include "deps/npm_nested.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view hidden_lockfile = ".package-lock.json";
constexpr std::string_view fix = "Make the lockfile anew with npm install";

/// Versions 2 and 3.
class Tree
{
public:
  Tree(const LockText& file, PackageList& list)
      : file_(file),
        list_(list)
  {}

  void
  read(Value packages)
  {
    const std::size_t count = packages.size();
    list_.tells_install_scripts = true;
    entries_.reserve(count);
    by_path_.reserve(count);
    list_.reserve(count);
    for (const Value entry : packages) {
      if (!entry.is_table() || !is_npm_path(entry.key())) {
        list_.refuse(GapKind::unparsable, entry.line(), "an entry of \"packages\" is no path with an object",
                     std::string(fix));
        return;
      }
      add(entry);
      if (list_.is_refused()) {
        return;
      }
    }
    resolve_links();
    for (const NpmEntry& entry : entries_) {
      if (!entry.is_link) {
        find_places(entry.path);
        add_needs(entry);
      }
    }
    if (by_path_.find("") == nullptr) {
      find_root();
    } else if (third_party_ == 0 && !list_.is_refused()) {
      report_none();
      return;
    } else if (tells_origins(list_)) {
      compare_with_manifests();
    }
    if (tells_origins(list_)) {
      missing_.tell(list_, "npm install");
    }
  }

private:
  void
  resolve_links()
  {
    for (const NpmEntry& entry : entries_) {
      if (!entry.is_link) {
        continue;
      }
      if (const PackageId* target = by_path_.find(entry.resolved)) {
        by_path_.insert_or_assign(entry.path, *target);
      } else {
        links_outside_.insert(entry.path);
      }
    }
  }

  void
  add(Value value)
  {
    NpmEntry entry;
    Package package;
    package.ecosystem = npm_ecosystem;
    package.line = value.line();
    entry.path = value.key();
    for (const Value member : value) {
      pick(member, entry, package);
      if (is_npm_table(member.key())
          && (!has_shape(member, Data::Kind::table, list_)
              || (member.key().ends_with("Meta") && !have_shape(member, Data::Kind::table, list_)))) {
        return;
      }
      if (member.key() == "license") {
        package.licence = licence_of(member, list_);
      }
    }
    if (!entry.is_link) {
      describe(entry, package);
      entry.id = list_.add(package);
      by_path_.insert_or_assign(entry.path, entry.id);
    }
    if (const std::size_t nested = entry.path.rfind("/node_modules/"); nested != std::string_view::npos) {
      with_modules_.insert(entry.path.substr(0, nested));
    }
    entries_.push_back(entry);
  }

  void
  describe(const NpmEntry& entry, Package& package)
  {
    const std::string_view name = name_in_npm_path(entry.path);
    package.location = entry.resolved;
    package.scope = entry.is_dev        ? Scope::dev
                    : entry.is_optional ? Scope::optional
                    : entry.is_peer     ? Scope::peer
                                        : Scope::runtime;
    if (entry.path.empty()) {
      package.part = Part::root;
    } else if (name.empty()) {
      package.part = Part::member;
      package.source = Source::path;
      package.location = entry.path;
      package.name = package.name.empty() ? entry.path.substr(entry.path.rfind('/') + 1) : package.name;
    } else {
      // An alias is installed under its own name and says whose package it is.
      package.name = package.name.empty() ? name : package.name;
      package.source = source_of_address(package.location);
      ++third_party_;
      lock(package);
    }
  }

  void
  lock(Package& package)
  {
    if (package.version.empty() && package.source == Source::git) {
      package.version = commit_in(package.location);
    }
    if (package.version.empty()) {
      not_locked(list_, package.line, package.name, std::string(fix));
    }
  }

  void
  add_needs(const NpmEntry& entry)
  {
    std::unordered_set<std::string_view> optional;
    for (const Value needed : entry.optional) {
      optional.insert(needed.key());
      add_need(entry, needed, Scope::optional);
    }
    std::unordered_set<std::string_view> optional_peers;
    for (const Value meta : entry.peers_meta) {
      if (meta["optional"].is_true()) {
        optional_peers.insert(meta.key());
      }
    }
    for (const Value needed : entry.peers) {
      const bool is_optional = optional_peers.contains(needed.key());
      add_need(entry, needed, is_optional ? Scope::optional : Scope::peer);
    }
    for (const Value needed : entry.dependencies) {
      // npm writes an optional one into both.
      if (!optional.contains(needed.key())) {
        add_need(entry, needed, Scope::runtime);
      }
    }
    if (list_.at(entry.id).part != Part::third_party) {
      for (const Value needed : entry.dev) {
        add_need(entry, needed, Scope::dev);
      }
    }
  }

  void
  add_need(const NpmEntry& from, Value needed, Scope scope)
  {
    if (const PackageId* found = find(needed.key())) {
      list_.need(from.id, *found, scope, needed.text());
    } else if (is_promised(from, needed, scope)) {
      missing_.add(needed.key(), needed.line());
    }
  }

  /// Whether npm locks what this need names, whatever happens: not what is optional or a peer, and not what an archive
  /// brings along. Of directories outside of the project it installs nothing.
  bool
  is_promised(const NpmEntry& from, Value needed, Scope scope)
  {
    const bool is_in_archive = list_.at(from.id).may_lack_integrity || is_bundled(from, needed.key());
    const bool is_wanted = scope == Scope::runtime || (scope == Scope::dev && !is_hidden());
    return is_wanted && !is_in_archive && !from.is_extraneous && !from.path.starts_with("..")
           && !is_own_range(needed.text()) && !is_link_outside(needed.key());
  }

  static bool
  is_bundled(const NpmEntry& by, std::string_view name)
  {
    return by.bundled.is_true()
           || std::any_of(by.bundled.begin(), by.bundled.end(), [name](Value each) { return each.text() == name; });
  }

  /// What npm keeps in node_modules lists what is installed, perhaps without what is for development.
  [[nodiscard]] bool
  is_hidden() const
  {
    return file_.path.ends_with(hidden_lockfile);
  }

  bool
  is_link_outside(std::string_view name)
  {
    return !links_outside_.empty() && std::any_of(places_.begin(), places_.end(), [&](std::string_view place) {
      candidate_.assign(place).append(place.empty() ? "" : "/").append(npm_modules).append(name);
      return links_outside_.contains(candidate_);
    });
  }

  /// Notes where a package in `directory` finds what it needs, the nearest place first.
  void
  find_places(std::string_view directory)
  {
    places_.clear();
    for (; !directory.empty() && !with_modules_.empty(); directory = above(directory)) {
      if (with_modules_.contains(directory)) {
        places_.push_back(directory);
      }
    }
    places_.emplace_back();
  }

  const PackageId*
  find(std::string_view name)
  {
    for (const std::string_view place : places_) {
      candidate_.assign(place).append(place.empty() ? "" : "/").append(npm_modules).append(name);
      if (const PackageId* found = by_path_.find(candidate_)) {
        return found;
      }
    }
    return nullptr;
  }

  /// The next directory above that may have packages of its own: "node_modules" has not, and no scope.
  static std::string_view
  above(std::string_view directory)
  {
    for (;;) {
      directory = directory_of(directory);
      const std::string_view last = file_name_of(directory);
      if (!last.starts_with('@') && last != "node_modules") {
        return directory;
      }
    }
  }

  /// Without an entry for the project itself, as in what npm keeps in node_modules: the manifest tells what is direct,
  /// and where there is none, it is what stands at the top and nobody needs.
  void
  find_root()
  {
    Package own;
    own.part = Part::root;
    const PackageId root = list_.add(own);
    find_places({});
    if (const auto manifest =
            read_node_manifest(file_.around, is_hidden() ? "../package.json" : "package.json", list_)) {
      for (const ManifestNeed& need : manifest->needs) {
        if (const PackageId* found = find(need.name)) {
          list_.need(root, *found, need.scope, need.range);
        } else if (third_party_ != 0 && is_locked_by_npm(need) && !(is_hidden() && need.scope == Scope::dev)
                   && !is_link_outside(need.name)) {
          missing_.add(need.name, 0);
        }
      }
      if (third_party_ == 0) {
        report_unlocked(*manifest, ListOf::lockfile, fix, list_);
      }
      return;
    }
    std::unordered_set<PackageId> needed;
    for (const Need& need : list_.needs()) {
      needed.insert(need.to);
    }
    for (const NpmEntry& entry : entries_) {
      if (!entry.is_link && entry.path.rfind(npm_modules) == 0 && !needed.contains(entry.id)) {
        list_.need(root, entry.id, list_.at(entry.id).scope);
      }
    }
  }

  /// What a manifest names and its entry does not was named after the lockfile was made.
  void
  compare_with_manifests()
  {
    for (const NpmEntry& entry : entries_) {
      if (entry.is_link || entry.path.starts_with("..") || list_.at(entry.id).part == Part::third_party) {
        continue;
      }
      const auto manifest = read_node_manifest(
          file_.around, fmt::format("{}{}package.json", entry.path, entry.path.empty() ? "" : "/"), list_);
      if (manifest == nullptr) {
        continue;
      }
      find_places(entry.path);
      for (const ManifestNeed& need : manifest->needs) {
        if (is_locked_by_npm(need) && find(need.name) == nullptr && !is_link_outside(need.name)
            && !entry.dependencies[need.name] && !entry.dev[need.name]) {
          missing_.add(need.name, 0);
        }
      }
    }
  }

  /// Nothing third-party is locked: right where nothing is named.
  void
  report_none()
  {
    for (const NpmEntry& entry : entries_) {
      if (entry.is_link || list_.at(entry.id).part == Part::third_party) {
        continue;
      }
      find_places(entry.path);
      for (const auto& [table, scope] :
           {std::pair{entry.dependencies, Scope::runtime}, std::pair{entry.optional, Scope::optional},
            std::pair{entry.dev, Scope::dev}}) {
        for (const Value needed : table) {
          report_unlocked_need(needed, scope);
        }
      }
    }
  }

  void
  report_unlocked_need(Value needed, Scope scope)
  {
    if (is_own_range(needed.text()) || find(needed.key()) != nullptr) {
      return;
    }
    const auto alias = alias_in(needed.text());
    list_.add({.ecosystem = npm_ecosystem,
               .name = alias ? alias->name : needed.key(),
               .scope = scope,
               .is_direct = true,
               .line = needed.line()});
    not_locked(list_, needed.line(), needed.key(), std::string(fix));
  }

  const LockText& file_;
  PackageList& list_;
  std::vector<NpmEntry> entries_;
  ViewMap by_path_;
  std::unordered_set<std::string_view> with_modules_;   ///< directories below the root that have a node_modules
  std::unordered_set<std::string_view> links_outside_;  ///< paths of links to what the lockfile does not have
  std::vector<std::string_view> places_;                ///< see find_places
  Missing missing_;
  std::size_t third_party_ = 0;
  std::string candidate_;
};

void
read_root(Value root, const LockText& file, PackageList& list)
{
  const std::string_view version = root["lockfileVersion"].scalar();
  const Value packages = root["packages"];
  if (version != "1" && version != "2" && version != "3") {
    refuse_version(list, root["lockfileVersion"], "lockfile version");
  } else if (packages.is_table()) {
    // Whatever the version says: npm 7 and later read "packages" where it is there, npm 6 never does.
    Tree(file, list).read(packages);
    add_of_nested_npm(root["dependencies"], list);
  } else if (!packages && (version == "1" || (version == "2" && root["dependencies"].is_table()))) {
    // Version 2 is written for both; one without "packages" by something that knows npm 6 alone.
    read_nested_npm(root, file, list);
  } else {
    list.refuse(GapKind::unparsable, packages.line(), "it has no \"packages\"", std::string(fix));
  }
}

void
read(const LockText& file, PackageList& list)
{
  if (const Value root = json_document(file, list, fix)) {
    read_root(root, file, list);
  }
}

std::string_view
shadowed_by(std::string_view path)
{
  return path.ends_with("package-lock.json") && !path.ends_with(hidden_lockfile) ? "npm-shrinkwrap.json" : "";
}

constexpr std::array<std::string_view, 3> paths{"package-lock.json", "npm-shrinkwrap.json", hidden_lockfile};

}  // namespace

extern const Lockfile lockfile_npm{.id = "npm",
                                   .title = "npm package-lock.json",
                                   .purpose = Purpose::install,
                                   .hashed = Hashed::all,
                                   .weak_hash = WeakHash::outgrown,
                                   .manifest = ManifestKind::package_json,
                                   .installer = Installer::npm,
                                   .paths = paths,
                                   .shadowed_by = shadowed_by,
                                   .read = read,
                                   .upgrade = {"npm install {name}@{version}{workspaces}", "npm update {name}"}};

}  // namespace sluice::deps
