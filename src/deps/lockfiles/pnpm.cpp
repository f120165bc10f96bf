// SPDX-License-Identifier: Apache-2.0
//
// pnpm-lock.yaml (github.com/pnpm/spec, "lockfile"; what pnpm 7 to 12 write). Packages are keyed by a path of name,
// version and, where peers decide which copy is meant, a suffix of these:
//
//   5.x    /@scope/name/1.0.0_peer@2.0.0
//   6.x    /@scope/name@1.0.0(peer@2.0.0)
//   9.0    @scope/name@1.0.0(peer@2.0.0)
//
// What a need names is such a path, or without the name where that is the key's: "1.0.0(peer@2.0.0)". Version 9 states
// a package once under "packages" and each of its copies under "snapshots". Since pnpm 11 a file may begin with a
// document of its own for what pnpm itself needs: the one whose importer has "configDependencies" or
// "packageManagerDependencies".
#include "base/text.hpp"
#include "base/view_map.hpp"
#include "data/data.hpp"
#include "deps/lockfile.hpp"
#include "deps/node_manifest.hpp"
#include "deps/node_packages.hpp"
#include "deps/not_locked.hpp"
#include "deps/pnpm_path.hpp"
#include "deps/pnpm_ranges.hpp"
#include "deps/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace sluice::deps {

namespace {

constexpr std::string_view fix = "Make the lockfile anew with pnpm install";

/// One document.
class Project
{
public:
  Project(const LockText& file, PackageList& list, PnpmKeys keys)
      : file_(file),
        list_(list),
        keys_(keys)
  {}

  void
  read(Value root)
  {
    Value importers, packages, snapshots;
    for (const Value member : root) {
      if (member.key() == "importers") {
        importers = member;
      } else if (member.key() == "packages") {
        packages = member;
      } else if (member.key() == "snapshots") {
        snapshots = member;
      } else if (member.key() == "overrides") {
        for (const Value override : member) {
          list_.override_by({override.key(), override.scalar()});
        }
      } else if (member.key() == "catalogs") {
        ranges_.add_catalogs(member);
      }
    }
    if (!is_table_or_nothing(importers) || !is_table_or_nothing(packages) || !is_table_or_nothing(snapshots)) {
      return;
    }
    // Version 9 leaves out which packages have a script.
    list_.tells_install_scripts = keys_ != PnpmKeys::bare;
    add_packages(packages, snapshots);
    if (list_.is_refused()) {
      return;
    }
    if (importers) {
      if (!importers.is_table()) {
        list_.gap(GapKind::unparsable, importers.line(), "\"importers\" is not a mapping", std::string(fix));
      }
      add_importers(importers);
    } else {
      if (keys_ == PnpmKeys::bare || (keys_ == PnpmKeys::slashes && !root["specifiers"])) {
        list_.gap(GapKind::unparsable, 0, "it ends without the project, which every lockfile of this version has",
                  std::string(fix));
      }
      // Without workspaces, versions before 9 state the one project at the top.
      add_importer(root, ".");
    }
    if (list_.is_refused()) {
      return;
    }
    for (const auto& [id, entry] : entries_) {
      add_needs_of(id, entry);
    }
    for (const auto& [id, importer] : importers_) {
      add_needs_of(id, importer);
      check_pnpm_specifiers(importer, list_);
    }
    for (const auto& [id, entry] : entries_) {
      if (list_.at(id).name.empty()) {
        list_.gap(GapKind::unjudged, entry.line(), fmt::format("{} has no name", printable(entry.key())));
        list_.at(id).name = entry.key();
      }
    }
  }

private:
  bool
  is_table_or_nothing(Value value)
  {
    const bool is_right = !value || value.is_table() || value.kind() == Data::Kind::null;
    if (!is_right) {
      list_.refuse(GapKind::unparsable, value.line(), fmt::format("\"{}\" is not a mapping", printable(value.key())),
                   std::string(fix));
    }
    return is_right;
  }

  void
  add_packages(Value packages, Value snapshots)
  {
    const std::size_t count = std::max(packages.size(), snapshots.size());
    ids_.reserve(count);
    list_.reserve(count);
    entries_.reserve(count);
    for (const Value entry : packages) {
      if (!entry.is_table()) {
        // It is named, and what it is was cut off.
        list_.gap(GapKind::unparsable, entry.line(), fmt::format("{} is not a mapping", printable(entry.key())),
                  std::string(fix));
      }
      const PackageId id = list_.add(package_of(entry));
      ids_.insert_or_assign(entry.key(), id);
      if (keys_ != PnpmKeys::bare) {
        entries_.emplace_back(id, entry);
      }
    }
    const std::size_t described = keys_ == PnpmKeys::bare ? ids_.size() : 0;
    for (const Value copy : snapshots) {
      add_copy(copy);
    }
    if (entries_.size() < described && !list_.is_refused()) {
      list_.gap(GapKind::unparsable, packages.line(), "packages are described of which no snapshot says what they need",
                std::string(fix));
    }
  }

  /// A snapshot: one copy of a package, which says what this copy needs.
  void
  add_copy(Value copy)
  {
    const PackageId* const known = ids_.find(without_pnpm_suffix(copy.key()));
    if (!copy.is_table() || known == nullptr) {
      list_.refuse(GapKind::unparsable, copy.line(),
                   copy.is_table() ? fmt::format("{} is not among the packages", printable(copy.key()))
                                   : fmt::format("{} is not a mapping", printable(copy.key())),
                   std::string(fix));
      return;
    }
    // Copies of a package are one package: what differs is only what they need.
    const PackageId id = *known;
    if (copy.key().ends_with(')')) {
      ids_.insert_or_assign(copy.key(), id);
    }
    entries_.emplace_back(id, copy);
  }

  Package
  package_of(Value entry)
  {
    Package package;
    package.ecosystem = npm_ecosystem;
    package.line = entry.line();
    std::string_view version;
    bool is_dev = false, is_optional = false;
    Value resolution, peers;
    for (const Value member : entry) {
      const std::string_view key = member.key();
      if (key == "resolution") {
        resolution = member;
      } else if (key == "name") {
        package.name = member.text();
      } else if (key == "version") {
        version = member.scalar();
      } else if (key == "dev") {
        is_dev = member.is_true();
      } else if (key == "optional") {
        is_optional = member.is_true();
      } else if (key == "requiresBuild") {
        package.has_install_script = member.is_true();
      } else if (key == "peerDependencies") {
        peers = member;
      }
    }
    if (peers) {
      ranges_.add_peers(static_cast<PackageId>(list_.packages().size()), peers);
    }
    package.scope = is_dev ? Scope::dev : is_optional ? Scope::optional : Scope::runtime;
    const NameAndRest path = split_pnpm_path(entry.key(), keys_);
    if (is_exact_version(path.rest) && !path.name.empty()) {
      take_key(package, path, version);
    } else {
      // A path of what is not from a registry may hold no name at all: whoever needs it says one.
      const bool is_named = keys_ == PnpmKeys::bare || !resolution["repo"];
      package.name = package.name.empty() && is_named ? path.name : package.name;
      package.version = version.empty() ? path.rest : version;
    }
    locate(package, resolution, path.rest, !version.empty());
    return package;
  }

  /// pnpm fetches what the key names. Before version 9 it takes what the entry says where that has a name, and then all
  /// of it: of the registry's packages none has one, and no two ways to read an entry are right.
  void
  take_key(Package& package, const NameAndRest& path, std::string_view version)
  {
    const bool is_other =
        (!package.name.empty() && package.name != path.name) || (!version.empty() && version != path.rest);
    if (is_other) {
      list_.gap(GapKind::unjudged, package.line,
                fmt::format("{} {} says that it is {}{}{}", printable(path.name), printable(path.rest),
                            package.name.empty() ? "of version" : printable(package.name), version.empty() ? "" : " ",
                            printable(version)),
                std::string(fix));
    }
    const bool is_as_said = keys_ != PnpmKeys::bare && !package.name.empty();
    package.name = is_as_said ? package.name : path.name;
    package.version = is_as_said && !version.empty() ? version : path.rest;
  }

  void
  locate(Package& package, Value resolution, std::string_view address, bool is_version_said)
  {
    std::string_view type, commit;
    for (const Value member : resolution) {
      const std::string_view key = member.key();
      if (key == "integrity") {
        package.integrity = member.text();
      } else if (key == "tarball") {
        package.location = tarball_address(member.text());
      } else if (key == "repo" || key == "directory" || key == "url") {
        package.location = member.text();
      } else if (key == "commit") {
        commit = member.scalar();
      } else if (key == "type") {
        type = member.text();
      }
    }
    const bool is_address = address.find_first_of(":/") != std::string_view::npos;
    if (type == "git") {
      package.source = Source::git;
    } else if (type == "directory" || source_of_address(address) == Source::path) {
      package.source = Source::path;
    } else if (address.starts_with("runtime:")) {
      // A Node.js, Deno or Bun that pnpm fetches from its maker.
      package.source = Source::url;
      package.version = address.substr(std::string_view("runtime:").size());
    } else {
      package.source = source_of_address(package.location);
      if (is_address && package.source == Source::registry) {
        package.source = source_of_address(address);
      }
    }
    if (type == "directory") {
      package.part = Part::member;
    }
    finish_version(package, commit, is_address && !is_version_said);
  }

  /// Versions of the format before 6 leave out the registry.
  std::string_view
  tarball_address(std::string_view written)
  {
    const bool is_whole = written.find(':') != std::string_view::npos || written.empty();
    return is_whole ? written : list_.keep(fmt::format("https://registry.npmjs.org/{}", written));
  }

  void
  finish_version(Package& package, std::string_view commit, bool is_address)
  {
    if (package.source == Source::git && (is_address || package.version == commit)) {
      const std::string_view said = commit.empty() ? commit_in(package.location) : commit;
      package.version = said.empty() ? package.version : said;
    } else if (package.part == Part::member && is_address) {
      package.version = {};
    }
    if (package.version.empty() && package.part == Part::third_party) {
      not_locked(list_, package.line, package.name, std::string(fix));
    }
  }

  void
  add_importers(Value importers)
  {
    for (const Value importer : importers) {
      if (!is_table_or_nothing(importer)) {
        return;
      }
      add_importer(importer, importer.key());
    }
  }

  void
  add_importer(Value importer, std::string_view directory)
  {
    Package own;
    own.ecosystem = npm_ecosystem;
    own.line = importer.line();
    own.part = directory == "." ? Part::root : Part::member;
    own.source = Source::path;
    own.name = directory;
    own.location = directory;
    const auto manifest = read_node_manifest(file_.around, fmt::format("{}/package.json", directory), list_);
    if (manifest != nullptr) {
      own.name = manifest->name.empty() ? own.name : manifest->name;
      own.version = manifest->version;
    }
    const PackageId id = list_.add(own);
    if (manifest != nullptr) {
      manifests_.emplace(id, manifest);
    }
    importers_.emplace_back(id, importer);
    by_directory_.insert_or_assign(directory, id);
  }

  void
  add_needs_of(PackageId id, Value entry)
  {
    const bool is_own = list_.at(id).part != Part::third_party;
    if (is_own) {
      ranges_.of_project(entry["specifiers"]);
    } else {
      ranges_.of_package(id);
    }
    peers_ = is_own ? peers_of(id) : std::unordered_map<std::string_view, Scope>();
    for (const Value member : entry) {
      const std::string_view key = member.key();
      if (key == "dependencies") {
        add_needs(id, member, Scope::runtime);
      } else if (key == "optionalDependencies") {
        add_needs(id, member, Scope::optional);
      } else if (is_own && key == "devDependencies") {
        add_needs(id, member, Scope::dev);
      } else if (is_own && (key == "configDependencies" || key == "packageManagerDependencies")) {
        add_needs(id, member, Scope::build);
      }
    }
  }

  [[nodiscard]] std::unordered_map<std::string_view, Scope>
  peers_of(PackageId id) const
  {
    const auto manifest = manifests_.find(id);
    return manifest == manifests_.end() ? std::unordered_map<std::string_view, Scope>()
                                        : peers_among_dependencies(*manifest->second);
  }

  void
  add_needs(PackageId id, Value needs, Scope scope)
  {
    const bool is_own = list_.at(id).part != Part::third_party;
    // A project that needs nothing may say so, and no package does.
    if (!needs.is_table() && (!is_own || needs.kind() != Data::Kind::null)) {
      list_.gap(GapKind::unparsable, needs.line(), fmt::format("\"{}\" is not a mapping", printable(needs.key())),
                std::string(fix));
    }
    for (const Value need : needs) {
      const auto peer = peers_.empty() || scope != Scope::runtime ? peers_.end() : peers_.find(need.key());
      const Scope own_scope = peer == peers_.end() ? scope : peer->second;
      if (need.is_table()) {
        add_need(id, need, need["version"].scalar(), own_scope,
                 ranges_.resolved(need["specifier"].scalar(), need.key()));
      } else {
        add_need(id, need, need.scalar(), own_scope, ranges_.range_of(need.key()));
      }
    }
  }

  void
  add_need(PackageId from, Value need, std::string_view path, Scope scope, std::string_view range)
  {
    std::string plain;
    if (constexpr std::string_view here = "file:./"; path.starts_with(here)) {
      plain = fmt::format("file:{}", path.substr(here.size()));
      path = plain;
    }
    if (path.starts_with("link:")) {
      add_link(from, need, path.substr(std::string_view("link:").size()), scope, range);
      return;
    }
    // Nearly always a version, before which the key's name belongs.
    const bool is_version = !path.empty() && path.front() >= '0' && path.front() <= '9';
    const PackageId* found = is_version ? nullptr : ids_.find(path);
    if (found == nullptr) {
      candidate_.assign(keys_ == PnpmKeys::bare ? "" : "/");
      candidate_.append(need.key()).append(keys_ == PnpmKeys::slashes ? "/" : "@").append(path);
      found = ids_.find(candidate_);
    }
    if (found == nullptr && is_version) {
      // An alias of a package whose name begins with a digit: "7zip-bin@5.2.0".
      found = ids_.find(path);
    }
    if (found != nullptr) {
      Package& package = list_.at(*found);
      package.name = package.name.empty() ? need.key() : package.name;
      list_.need(from, *found, scope, range);
    } else if (!path.empty() || need.kind() != Data::Kind::null) {
      list_.gap(GapKind::unparsable, need.line(),
                fmt::format("{} {} is needed and not in the file", printable(need.key()), printable(path)),
                std::string(fix));
    }
  }

  /// A directory relative to the importer's: another member, or something outside of what the lockfile is about.
  void
  add_link(PackageId from, Value need, std::string_view directory, Scope scope, std::string_view range)
  {
    const std::string_view base = list_.at(from).location == "." ? std::string_view() : list_.at(from).location;
    const auto resolved = joined_pnpm_path(base, directory);
    const auto target = by_directory_.find(resolved.empty() ? std::string_view(".") : std::string_view(resolved));
    if (target == by_directory_.end()) {
      return;
    }
    Package& member = list_.at(target->second);
    member.name = member.name == member.location && member.part == Part::member ? need.key() : member.name;
    list_.need(from, target->second, scope, range);
  }

  const LockText& file_;
  PackageList& list_;
  PnpmKeys keys_;
  ViewMap ids_;
  std::unordered_map<std::string_view, PackageId> by_directory_;
  std::vector<std::pair<PackageId, Value>> entries_;
  std::vector<std::pair<PackageId, Value>> importers_;
  std::unordered_map<PackageId, std::shared_ptr<const NodeManifest>> manifests_;
  PnpmRanges ranges_;
  std::unordered_map<std::string_view, Scope> peers_;  ///< of the project whose needs are added
  std::string candidate_;
};

void
read_document(const Data& document, const LockText& file, PackageList& list)
{
  const Value root = document.root();
  const std::string_view version = root["lockfileVersion"].scalar();
  if (!root.is_table() || version.empty()) {
    list.gap(GapKind::unknown_format, root.line(), "a document that is no lockfile of pnpm");
  } else if (const auto keys = pnpm_keys_of_version(version)) {
    Project(file, list, *keys).read(root);
  } else {
    list.gap(GapKind::unknown_format, root["lockfileVersion"].line(), version_why(version, "lockfile version"));
  }
}

void
read(const LockText& file, PackageList& list)
{
  const auto kept = yaml_documents(file, list, fix);
  if (!kept) {
    return;
  }
  std::size_t projects = 0;
  for (const Data& document : *kept) {
    const bool is_project = !is_pnpm_environment(document.root());
    projects += is_project ? 1 : 0;
    if (projects > 1 && is_project) {
      list.gap(GapKind::unknown_format, document.root().line(), "a second document that is not for pnpm itself");
      continue;
    }
    read_document(document, file, list);
    if (list.is_refused()) {
      return;
    }
  }
  if (projects == 0) {
    list.gap(GapKind::unparsable, 0, "it has no document for the project", std::string(fix));
  }
  check_pnpm_workspace(file.around, list);
  report_none_locked(file, fix, list);
}

/// With "gitBranchLockfile" each branch has one of its own.
constexpr std::array<std::string_view, 2> paths{"pnpm-lock.yaml", "pnpm-lock.*.yaml"};

}  // namespace

extern const Lockfile lockfile_pnpm{
    .id = "pnpm",
    .title = "pnpm pnpm-lock.yaml",
    .purpose = Purpose::install,
    .hashed = Hashed::all,
    .weak_hash = WeakHash::outgrown,
    .manifest = ManifestKind::package_json,
    .installer = Installer::pnpm,
    .paths = paths,
    .read = read,
    .upgrade = {"pnpm{recursive} update {name}@{version}", "pnpm{recursive} update {name} --depth Infinity"}};

}  // namespace sluice::deps
