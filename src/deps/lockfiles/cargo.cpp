// SPDX-License-Identifier: Apache-2.0
//
// Cargo.lock, versions 1 to 4 (cargo's core/resolver/encode.rs). Version 1 has no `version`, its checksums in
// [metadata] and before 2015 the project in [root]; from 2 on a dependency is written with as much of name, version and
// source as tells it apart. 3 and 4 differ in how the sources of git are written.
//
// The lock says neither what a package is needed for nor which of those without a source is the project: the manifests
// do. Without them all is for runtime.
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/cargo_manifest.hpp"
#include "deps/missing.hpp"
#include "deps/not_locked.hpp"
#include "deps/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view again = "Make the lockfile anew with cargo generate-lockfile";

Source
source_of(std::string_view source)
{
  if (source.empty() || source.starts_with("path+")) {
    return Source::path;
  }
  if (source.starts_with("git+")) {
    return Source::git;
  }
  return source.starts_with("registry+") || source.starts_with("sparse+") ? Source::registry : Source::url;
}

class Reader
{
public:
  Reader(Value root, const CargoManifests& manifests, PackageList& list)
      : manifests_(manifests),
        list_(list)
  {
    read_checksums(root["metadata"]);
    if (root["root"]) {
      add(root["root"], "");
    }
    std::string_view own = manifests.root;
    if (!manifests.is_there) {
      own = root["root"] ? std::string_view() : infer_root(root["package"]);
    }
    for (const Value entry : root["package"]) {
      add(entry, own);
    }
    for (const Entry& entry : entries_) {
      add_needs(entry);
    }
    missing_.tell(list, "cargo generate-lockfile");
  }

private:
  struct Entry
  {
    Value value;
    PackageId id = 0;
    bool is_replaced = false;
  };

  /// Without a manifest: the one package without a source that no other of them needs.
  static std::string_view
  infer_root(Value packages)
  {
    std::unordered_set<std::string_view> needed;
    for (const Value entry : packages) {
      for (const Value each : entry["dependencies"]) {
        if (!entry["source"]) {
          // "name", "name version" or "name version (source)".
          needed.insert(each.text().substr(0, each.text().find(' ')));
        }
      }
    }
    std::string_view root;
    for (const Value entry : packages) {
      if (!entry["source"] && !needed.contains(entry["name"].text())) {
        if (!root.empty()) {
          return {};
        }
        root = entry["name"].text();
      }
    }
    return root;
  }

  /// "checksum NAME VERSION (SOURCE)".
  void
  read_checksums(Value metadata)
  {
    constexpr std::string_view word = "checksum ";
    for (const Value each : metadata) {
      if (each.key().starts_with(word)) {
        checksums_.emplace(each.key().substr(word.size()), each.text());
      }
    }
  }

  void
  add(Value entry, std::string_view own)
  {
    const Value name = entry["name"];
    Package package{.ecosystem = "crates.io", .name = name.text(), .version = entry["version"].text()};
    package.line = name.line();
    if (package.name.empty() || package.version.empty()) {
      list_.gap(GapKind::unparsable, entry.line(), incomplete_why(package.name), std::string(again));
      if (package.name.empty()) {
        return;
      }
    }
    package.location = entry["source"].text();
    package.source = source_of(package.location);
    if (package.source == Source::path && !is_in_tree(package)) {
      list_.gap(GapKind::unjudged, package.line,
                fmt::format("{} has no source, and no Cargo.toml of the tree is of it", printable(package.name)),
                std::string(again));
      package.source = Source::registry;
    } else if (package.source == Source::path) {
      const bool is_root = entry.key() == "root" || (package.name == own && !own.empty());
      package.part = is_root ? Part::root : Part::member;
    }
    const std::string key = fmt::format("{} {} ({})", package.name, package.version, package.location);
    const auto checksum = checksums_.find(key);
    package.integrity = checksum == checksums_.end() ? entry["checksum"].text() : checksum->second;
    if (!seen_.insert(key).second) {
      list_.gap(GapKind::unparsable, package.line,
                fmt::format("{} {} is there twice", printable(package.name), printable(package.version)),
                std::string(again));
    }
    set_references(package, key);
    // What [replace] puts another in place of is not built.
    const bool is_replaced = entry["replace"] && manifests_.replaced.contains(std::string(package.name));
    if (is_replaced) {
      package.part = Part::root;
    }
    entries_.push_back({entry, list_.add(package), is_replaced});
  }

  [[nodiscard]] bool
  is_in_tree(const Package& package) const
  {
    const std::string name(package.name);
    return !manifests_.is_there || manifests_.by_package.contains(name) || manifests_.by_path.contains(name);
  }

  /// The ways in which others may write the entry that comes next. Of several that are written alike the first counts.
  void
  set_references(const Package& package, const std::string& key)
  {
    const std::size_t index = entries_.size();
    by_reference_.emplace(package.name, index);
    by_reference_.emplace(fmt::format("{} {}", package.name, package.version), index);
    by_reference_.emplace(key, index);
    if (const std::size_t commit = package.location.find('#'); commit != std::string_view::npos) {
      by_reference_.emplace(
          fmt::format("{} {} ({})", package.name, package.version, package.location.substr(0, commit)), index);
    }
  }

  /// Null if the lock does not have it.
  [[nodiscard]] const Entry*
  find(std::string_view reference, bool follows = true) const
  {
    const auto found = by_reference_.find(std::string(reference));
    if (found == by_reference_.end()) {
      return nullptr;
    }
    const Entry& entry = entries_[found->second];
    return entry.is_replaced && follows ? find(entry.value["replace"].text(), false) : &entry;
  }

  /// What the package's own manifest says of the other: for what it asks, and by which requirement.
  struct Wish
  {
    Scope scope = Scope::runtime;
    std::string_view requirement;
  };

  [[nodiscard]] Wish
  wish_for(const CargoManifest* manifest, const Package& to) const
  {
    if (manifest == nullptr) {
      return {};
    }
    const auto [first, last] = manifest->needs.equal_range(cargo_name(to.name));
    std::optional<Wish> fitting, any;
    const auto add = [](std::optional<Wish>& wish, const CargoNeed& need) {
      if (!wish || need.scope < wish->scope) {
        wish = {need.scope, need.requirement};
      }
    };
    for (auto each = first; each != last; ++each) {
      add(any, each->second);
      if (begins_as_cargo_requirement(to.version, each->second.requirement)) {
        add(fitting, each->second);
      }
    }
    return fitting.value_or(any.value_or(Wish()));
  }

  void
  add_needs(const Entry& entry)
  {
    if (entry.is_replaced) {
      return;
    }
    const Package& from = list_.at(entry.id);
    const auto manifest = from.part == Part::third_party ? manifests_.by_package.end()
                                                         : manifests_.by_package.find(std::string(from.name));
    const CargoManifest* own = manifest == manifests_.by_package.end() ? nullptr : &manifest->second;
    for (const Value text : entry.value["dependencies"]) {
      const Entry* to = find(text.text());
      if (to == nullptr) {
        missing_.add(text.text(), text.line());
      } else {
        const Wish wish = wish_for(own, list_.at(to->id));
        // The manifests do not live as long as the list.
        list_.need(entry.id, to->id, wish.scope,
                   wish.requirement.empty() ? std::string_view() : list_.keep(std::string(wish.requirement)));
      }
    }
  }

  const CargoManifests& manifests_;
  PackageList& list_;
  Missing missing_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> by_reference_;
  std::unordered_map<std::string_view, std::string_view> checksums_;
  std::unordered_set<std::string> seen_;
};

void
require_packages(const CargoManifests& manifests, PackageList& list)
{
  if (list.has_third_party()) {
    return;
  }
  for (const auto& [name, manifest] : manifests.by_package) {
    for (const auto& [crate, need] : manifest.needs) {
      if (need.is_registry) {
        locks_nothing(list, "Cargo.toml", crate, std::string(again));
        return;
      }
    }
  }
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = toml_document(file, list);
  if (!root) {
    return;
  }
  if (root.size() == 0) {
    list.refuse(GapKind::unparsable, 0, "there is nothing in it", std::string(again));
    return;
  }
  const std::string_view version = root["version"].scalar();
  if (root["version"] && (version.size() != 1 || version < "1" || version > "4")) {
    refuse_version(list, root["version"], "version", "Update Sluice");
    return;
  }
  const CargoManifests manifests = read_cargo_manifests(file.around, list);
  Reader(root, manifests, list);
  require_packages(manifests, list);
}

constexpr std::array<std::string_view, 1> paths{"Cargo.lock"};

}  // namespace

extern const Lockfile lockfile_cargo{.id = "cargo",
                                     .title = "Cargo.lock",
                                     .purpose = Purpose::install,
                                     .hashed = Hashed::all,
                                     .weak_hash = WeakHash::as_good_as_it_gets,
                                     .manifest = ManifestKind::cargo_toml,
                                     .installer = Installer::other,
                                     .paths = paths,
                                     .read = read,
                                     .upgrade = {"cargo update -p {name}@{locked} --precise {version}",
                                                 "cargo update -p {name}@{locked} --precise {version}"}};

}  // namespace sluice::deps
