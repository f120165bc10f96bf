// SPDX-License-Identifier: Apache-2.0
//
// bun.lock (github.com/oven-sh/bun, src/install/lockfile/bun.lock.zig). "workspaces" has the manifests of the project
// and its members by directory. "packages" has the installed tree: a key is a path of names ("a/@s/b" is @s/b below a),
// and a value is a list whose first item says what stands there and so what the others are:
//
//   name@1.0.0            registry, what it needs, integrity       name@workspace:path
//   name@github:o/n#c     what it needs, tag, integrity            name@file:path   what it needs
//   name@git+url#c        what it needs, tag, integrity            name@link:path   what it needs
//   name@URL or x.tgz     what it needs, integrity                 name@root:       its executables
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/lockfile.hpp"
#include "deps/missing.hpp"
#include "deps/node_manifest.hpp"
#include "deps/node_packages.hpp"
#include "deps/not_locked.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view fix = "Make the lockfile anew with bun install";

/// Node.js' tree is not that deep, and a search for what a package needs takes a step for each level.
constexpr std::size_t longest_key = 2048;
constexpr std::ptrdiff_t most_levels = 100;

/// What a tuple holds behind its first item.
struct Tuple
{
  Value about;  ///< the table of what it needs
  std::string_view registry, integrity;
};

Tuple
tuple_of(Value list)
{
  Tuple tuple;
  std::size_t index = 0;
  for (const Value item : list) {
    if (item.is_table() && !tuple.about) {
      tuple.about = item;
    } else if (index == 1) {
      tuple.registry = item.text();
    } else if (index > 1 && (item.text().starts_with("sha") || item.text().starts_with("md5"))) {
      tuple.integrity = item.text();
    }
    ++index;
  }
  return tuple;
}

class BunTree
{
public:
  BunTree(const LockText& file, PackageList& list)
      : file_(file),
        list_(list)
  {}

  void
  read(Value root)
  {
    const Value workspaces = root["workspaces"];
    const Value packages = root["packages"];
    if (!workspaces.is_table() || (packages && !packages.is_table())) {
      list_.refuse(GapKind::unparsable, workspaces ? workspaces.line() : packages.line(),
                   "\"workspaces\" or \"packages\" is not an object", std::string(fix));
      return;
    }
    for (const Value workspace : workspaces) {
      if (!has_shape(workspace, Data::Kind::table, list_) || !have_needs_shape(workspace)) {
        return;
      }
      add_workspace(workspace);
    }
    if (!has_shape(root["overrides"], Data::Kind::table, list_)) {
      return;
    }
    for (const Value override : root["overrides"]) {
      list_.override_by({override.key(), override.text()});
    }
    for (const Value entry : packages) {
      add(entry);
      if (list_.is_refused()) {
        return;
      }
    }
    for (const auto& [id, key, about] : entries_) {
      // An archive brings along what it bundles, and what a directory beside the project needs is its own affair.
      const bool is_promised = list_.at(id).part == Part::third_party && !about["bundled"].is_true();
      add_needs(id, key, about, is_promised ? UnlessFound::missing : UnlessFound::nothing);
    }
    for (const auto& [id, key, about] : own_) {
      add_needs(id, key, about, third_party_ == 0 ? UnlessFound::unlocked : UnlessFound::missing);
    }
    if (tells_origins(list_)) {
      compare_with_manifests();
      missing_.tell(list_, "bun install");
    }
  }

private:
  struct Entry
  {
    PackageId id;
    std::string_view key;
    Value about;
  };

  enum class UnlessFound { nothing, missing, unlocked };

  void
  add_workspace(Value workspace)
  {
    Package own;
    own.ecosystem = npm_ecosystem;
    own.line = workspace.line();
    own.part = workspace.key().empty() ? Part::root : Part::member;
    own.source = Source::path;
    own.location = workspace.key();
    own.name = workspace["name"].text();
    own.name = own.name.empty() ? workspace.key() : own.name;
    own.version = workspace["version"].text();
    const PackageId id = list_.add(own);
    by_directory_.insert_or_assign(workspace.key(), id);
    // What a member alone has is below its name.
    own_.push_back({id, own.part == Part::root ? std::string_view() : own.name, workspace});
  }

  void
  add(Value entry)
  {
    const std::string_view what = entry.item(0).text();
    if (what.empty() || entry.key().empty() || entry.key().size() > longest_key
        || std::count(entry.key().begin(), entry.key().end(), '/') > most_levels) {
      list_.refuse(GapKind::unparsable, entry.line(), fmt::format("{} is no package", printable(entry.key())),
                   std::string(fix));
      return;
    }
    const NameAndRest parts = split_at_version(what);
    if (constexpr std::string_view protocol = "workspace:"; parts.rest.starts_with(protocol)) {
      if (const auto member = by_directory_.find(parts.rest.substr(protocol.size())); member != by_directory_.end()) {
        by_key_.insert_or_assign(entry.key(), member->second);
        return;
      }
    }
    if (parts.rest.starts_with("root:")) {
      by_key_.insert_or_assign(entry.key(), by_directory_[""]);
      return;
    }
    const Tuple tuple = tuple_of(entry);
    if (!tuple.about && !parts.rest.starts_with("workspace:")) {
      list_.refuse(GapKind::unparsable, entry.line(),
                   fmt::format("what {} needs is not an object", printable(entry.key())), std::string(fix));
      return;
    }
    if (!have_needs_shape(tuple.about)) {
      return;
    }
    const PackageId id = list_.add(package_of(entry, parts, tuple));
    third_party_ += list_.at(id).part == Part::third_party ? 1 : 0;
    by_key_.insert_or_assign(entry.key(), id);
    entries_.push_back({id, entry.key(), tuple.about});
  }

  Package
  package_of(Value entry, const NameAndRest& parts, const Tuple& tuple)
  {
    Package package;
    package.ecosystem = npm_ecosystem;
    package.line = entry.line();
    package.name = parts.name;
    package.version = parts.rest;
    package.integrity = tuple.integrity;
    package.location = tuple.registry;
    if (parts.rest.find_first_of(":/") == std::string_view::npos && !is_archive(parts.rest)) {
      package.source = Source::registry;
    } else {
      describe_address(package, parts.rest);
    }
    if (package.version.empty() && package.part == Part::third_party) {
      not_locked(list_, package.line, package.name, std::string(fix));
    }
    return package;
  }

  /// What a package or member needs; every package of a tuple has a table for it, be it empty.
  bool
  have_needs_shape(Value about)
  {
    for (const std::string_view table :
         {"dependencies", "optionalDependencies", "devDependencies", "peerDependencies"}) {
      if (!has_shape(about[table], Data::Kind::table, list_)) {
        return false;
      }
    }
    return has_shape(about["optionalPeers"], Data::Kind::list, list_);
  }

  static void
  describe_address(Package& package, std::string_view address)
  {
    package.location = address;
    package.source = source_of_address(address);
    if (package.source == Source::git) {
      package.version = commit_in(address);
    } else if (package.source == Source::path && !is_archive(address)) {
      package.part = Part::member;
      package.version = {};
    } else if (const std::string_view served = version_in_registry_url(address); !served.empty()) {
      package.version = served;
    } else if (is_archive(address) && address.find(':') == std::string_view::npos) {
      package.source = Source::path;
    }
  }

  void
  add_needs(PackageId id, std::string_view key, Value about, UnlessFound unless_found)
  {
    const bool is_own = list_.at(id).part != Part::third_party;
    std::unordered_set<std::string_view> optional_peers;
    for (const Value peer : about["optionalPeers"]) {
      optional_peers.insert(peer.text());
    }
    for (const Value table : about) {
      const std::string_view kind = table.key();
      if (kind == "dependencies") {
        add_table(id, key, table, Scope::runtime, unless_found);
      } else if (kind == "optionalDependencies") {
        add_table(id, key, table, Scope::optional, unless_found);
      } else if (kind == "devDependencies" && is_own) {
        add_table(id, key, table, Scope::dev, unless_found);
      } else if (kind == "peerDependencies") {
        for (const Value need : table) {
          const Scope scope = optional_peers.contains(need.key()) ? Scope::optional : Scope::peer;
          add_need(id, key, need, scope, UnlessFound::nothing);
        }
      }
    }
  }

  void
  add_table(PackageId id, std::string_view key, Value table, Scope scope, UnlessFound unless_found)
  {
    for (const Value need : table) {
      add_need(id, key, need, scope, unless_found);
    }
  }

  void
  add_need(PackageId from, std::string_view key, Value need, Scope scope, UnlessFound unless_found)
  {
    if (const PackageId* found = find(key, need.key())) {
      list_.need(from, *found, scope, need.text());
    } else if (unless_found == UnlessFound::missing && scope != Scope::optional && !is_own(need)) {
      missing_.add(need.key(), need.line());
    } else if (unless_found == UnlessFound::unlocked && !is_own(need)) {
      const auto alias = alias_in(need.text());
      list_.add({.ecosystem = npm_ecosystem,
                 .name = alias ? alias->name : need.key(),
                 .scope = scope,
                 .is_direct = true,
                 .line = need.line()});
      not_locked(list_, need.line(), need.key(), std::string(fix));
    }
  }

  /// What a manifest names and its workspace does not was named after the lockfile was made.
  void
  compare_with_manifests()
  {
    for (const auto& [id, key, about] : own_) {
      const std::string_view directory = list_.at(id).location;
      const auto manifest = read_node_manifest(
          file_.around, fmt::format("{}{}package.json", directory, directory.empty() ? "" : "/"), list_);
      if (manifest == nullptr) {
        continue;
      }
      for (const ManifestNeed& need : manifest->needs) {
        if (is_locked_by_npm(need) && find(key, need.name) == nullptr && !about["dependencies"][need.name]
            && !about["devDependencies"][need.name]) {
          missing_.add(need.name, 0);
        }
      }
    }
  }

  static bool
  is_own(Value need)
  {
    return source_of_address(need.text()) == Source::path;
  }

  /// Below the key, then below each name above it.
  const PackageId*
  find(std::string_view below, std::string_view name)
  {
    for (;;) {
      candidate_.assign(below).append(below.empty() ? "" : "/").append(name);
      if (const auto found = by_key_.find(candidate_); found != by_key_.end()) {
        return &found->second;
      }
      if (below.empty()) {
        return nullptr;
      }
      std::size_t slash = below.rfind('/');
      below = below.substr(0, slash == std::string_view::npos ? 0 : slash);
      // The rest of "@s/b" is half a name.
      slash = below.rfind('/');
      const std::string_view last = below.substr(slash == std::string_view::npos ? 0 : slash + 1);
      if (last.starts_with('@')) {
        below = below.substr(0, slash == std::string_view::npos ? 0 : slash);
      }
    }
  }

  const LockText& file_;
  PackageList& list_;
  std::unordered_map<std::string_view, PackageId> by_key_, by_directory_;
  std::vector<Entry> entries_, own_;
  Missing missing_;
  std::size_t third_party_ = 0;
  std::string candidate_;
};

void
read(const LockText& file, PackageList& list)
{
  const Value root = json_document(file, list, fix, JsonDialect::with_comments);
  if (!root) {
    return;
  }
  const std::string_view version = root["lockfileVersion"].scalar();
  if (version != "0" && version != "1" && version != "2") {
    refuse_version(list, root["lockfileVersion"], "lockfile version");
    return;
  }
  BunTree(file, list).read(root);
}

std::string_view
shadowed_by(std::string_view path)
{
  return path.ends_with(".lockb") ? "bun.lock" : "";
}

constexpr std::array<std::string_view, 2> paths{"bun.lock", "bun.lockb"};

}  // namespace

extern const Lockfile lockfile_bun{
    .id = "bun",
    .title = "Bun bun.lock",
    .purpose = Purpose::install,
    .hashed = Hashed::all,
    .weak_hash = WeakHash::outgrown,
    .manifest = ManifestKind::package_json,
    .installer = Installer::bun,
    .paths = paths,
    .shadowed_by = shadowed_by,
    .read = read,
    .if_no_text = "Turn bun.lockb into bun.lock: bun install --save-text-lockfile --frozen-lockfile --lockfile-only",
    .upgrade = {"bun add {name}@{version}", {}}};

}  // namespace sluice::deps
