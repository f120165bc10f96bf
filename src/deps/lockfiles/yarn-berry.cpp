// SPDX-License-Identifier: Apache-2.0
//
// yarn.lock of Yarn 2 and later (github.com/yarnpkg/berry, Project.ts): YAML, an entry for each package, headed by the
// descriptors that it answers ("chalk@npm:^4.0.0, chalk@npm:^4.1.0") and resolved to a locator ("chalk@npm:4.1.0").
// Members are entries too, which name what they need for development with the rest: their manifests tell it apart.
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/address.hpp"
#include "deps/lockfile.hpp"
#include "deps/node_manifest.hpp"
#include "deps/node_packages.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view fix = "Make the lockfile anew with yarn install";

/// What Yarn 2.0 to 4.18 write under "__metadata".
constexpr std::array<std::string_view, 7> known_versions{"4", "5", "6", "7", "8", "9", "10"};

/// An entry, its members picked in one walk.
struct Entry
{
  PackageId id = 0;
  std::string_view descriptors;
  Value value;
  std::string_view version, resolution, checksum;
  bool has_conditions = false;
  Value dependencies, peers, dependencies_meta, peers_meta;
};

Entry
entry_of(Value value)
{
  Entry entry;
  entry.value = value;
  entry.descriptors = value.key();
  for (const Value member : value) {
    const std::string_view key = member.key();
    if (key == "version") {
      entry.version = member.scalar();
    } else if (key == "resolution") {
      entry.resolution = member.scalar();
    } else if (key == "dependencies") {
      entry.dependencies = member;
    } else if (key == "checksum") {
      entry.checksum = member.scalar();
    } else if (key == "conditions") {
      entry.has_conditions = true;
    } else if (key == "peerDependencies") {
      entry.peers = member;
    } else if (key == "dependenciesMeta") {
      entry.dependencies_meta = member;
    } else if (key == "peerDependenciesMeta") {
      entry.peers_meta = member;
    }
  }
  return entry;
}

std::unordered_set<std::string_view>
optional_in(Value meta)
{
  std::unordered_set<std::string_view> names;
  for (const Value each : meta) {
    if (each["optional"].is_true()) {
      names.insert(each.key());
    }
  }
  return names;
}

/// "workspace:packages/a" and "virtual:…#workspace:packages/a" are the directory packages/a.
std::optional<std::string_view>
workspace_in(std::string_view reference)
{
  constexpr std::string_view protocol = "workspace:";
  return reference.starts_with(protocol) ? std::optional(reference.substr(protocol.size())) : std::nullopt;
}

/// What a patch is of, as its descriptor: "chalk@npm:4.1.0" of "patch:chalk@npm%3A4.1.0#~/.yarn/patches/…". Empty of
/// what is no patch.
std::string
patched_in(std::string_view reference)
{
  if (!reference.starts_with("patch:")) {
    return {};
  }
  return percent_decoded(reference.substr(6, reference.find('#') - 6));
}

/// What "::" at the end of a reference binds a key to: "1.0.0::__archiveUrl=https%3A%2F%2F…&…".
std::string
bound_in(std::string_view reference, std::string_view key)
{
  const std::size_t bindings = reference.find("::");
  if (bindings == std::string_view::npos) {
    return {};
  }
  for (const std::string_view binding : split(reference.substr(bindings + 2), '&')) {
    const std::size_t equals = binding.find('=');
    if (equals != std::string_view::npos && percent_decoded(binding.substr(0, equals)) == key) {
      return percent_decoded(binding.substr(equals + 1));
    }
  }
  return {};
}

/// The version that a reference to the registry names: of "npm:1.0.0", and since it is what patches before Yarn 4 say,
/// of "1.0.0". Nothing of what is no such reference.
std::optional<std::string_view>
registry_version(std::string_view reference)
{
  const bool is_npm = reference.starts_with("npm:");
  reference.remove_prefix(is_npm ? 4 : 0);
  reference = reference.substr(0, reference.find_first_of(":#"));
  return is_npm || is_exact_version(reference) ? std::optional(reference) : std::nullopt;
}

/// Patches that Yarn itself puts in place of a package, without anybody naming them.
bool
is_builtin_patch(std::string_view reference)
{
  return reference.find("builtin<") != std::string_view::npos;
}

/// What is fetched before any patch is laid on it: patches may be of patches, each encoded once more.
struct Origin
{
  std::string name, reference;
};

Origin
origin_of(const NameAndRest& locator)
{
  constexpr int most_patches = 8;
  Origin origin{std::string(locator.name), std::string(locator.rest)};
  for (int i = 0; i < most_patches && origin.reference.starts_with("patch:"); ++i) {
    const std::string inner = patched_in(origin.reference);
    const NameAndRest parts = split_at_version(inner);
    origin = {std::string(parts.name), std::string(parts.rest)};
  }
  return origin;
}

class BerryList
{
public:
  BerryList(const LockText& file, PackageList& list)
      : file_(file),
        list_(list)
  {}

  void
  read(Value root)
  {
    for (const Value value : root) {
      if (value.key() == "__metadata") {
        continue;
      }
      for (const std::string_view table : {"dependencies", "dependenciesMeta", "peerDependencies"}) {
        if (!has_shape(value[table], Data::Kind::table, list_)) {
          return;
        }
      }
      Entry entry = entry_of(value);
      if (entry.version.empty() || entry.resolution.empty()) {
        list_.refuse(GapKind::unparsable, value.line(),
                     fmt::format("{} has no version or no resolution", printable(value.key())), std::string(fix));
        return;
      }
      add(entry);
      entries_.push_back(entry);
    }
    for (const Entry& entry : entries_) {
      add_needs(entry);
      add_patched(entry);
    }
    // Yarn ends each with it.
    if (!entries_.empty() && !entries_.back().value["linkType"]) {
      list_.gap(GapKind::unparsable, entries_.back().value.line(), "the last entry is cut off", std::string(fix));
    }
    if (!has_root_) {
      list_.gap(GapKind::unparsable, 0, "it has no entry for the project itself", std::string(fix));
    }
  }

private:
  void
  add(Entry& entry)
  {
    NameAndRest locator = split_at_version(entry.resolution);
    if (locator.rest.starts_with("virtual:")) {
      locator.rest = locator.rest.substr(std::min(locator.rest.find('#') + 1, locator.rest.size()));
    }
    Package package;
    package.ecosystem = npm_ecosystem;
    package.line = entry.value.line();
    package.name = locator.name;
    package.version = entry.version;
    package.integrity = entry.checksum;
    // Only what is for this machine is fetched, and only then is there a checksum.
    package.may_lack_integrity = entry.has_conditions || locator.rest.starts_with("patch:");
    package.location = locator.rest;
    if (const auto directory = workspace_in(locator.rest)) {
      describe_workspace(package, *directory);
    } else {
      locate(package, locator);
    }
    entry.id = list_.add(package);
    for (std::size_t begin = 0; begin < entry.descriptors.size();) {
      const std::size_t end = std::min(entry.descriptors.find(", ", begin), entry.descriptors.size());
      const std::string_view descriptor = entry.descriptors.substr(begin, end - begin);
      if (!by_descriptor_.insert_or_assign(descriptor, entry.id).second) {
        list_.gap(GapKind::unparsable, package.line,
                  fmt::format("{} has two entries; the last one was read", printable(descriptor)), std::string(fix));
      }
      const NameAndRest parts = split_at_version(descriptor);
      std::vector<PackageId>& named = by_name_[parts.name];
      if (named.empty() || named.back() != entry.id) {
        named.push_back(entry.id);
      }
      if (is_builtin_patch(parts.rest)) {
        builtin_patches_.insert_or_assign(patched_in(parts.rest), entry.id);
      }
      begin = end + 2;
    }
    conditional_.resize(list_.packages().size());
    conditional_[entry.id] = entry.has_conditions;
  }

  void
  describe_workspace(Package& package, std::string_view directory)
  {
    package.part = directory == "." ? Part::root : Part::member;
    has_root_ = has_root_ || package.part == Part::root;
    package.source = Source::path;
    package.location = directory;
    if (const auto manifest = read_node_manifest(file_.around, fmt::format("{}/package.json", directory), list_)) {
      if (!manifest->version.empty()) {
        package.version = manifest->version;
      }
      manifests_.emplace(list_.packages().size(), manifest);
    }
  }

  void
  locate(Package& package, const NameAndRest& locator)
  {
    const std::string_view reference = locator.rest;
    const Origin origin = origin_of(locator);
    if (const auto version = registry_version(origin.reference)) {
      // A registry that is not the usual one binds its address.
      std::string archive = bound_in(origin.reference, "__archiveUrl");
      package.location = archive.empty() ? std::string_view() : list_.keep(std::move(archive));
      package.source = Source::registry;
      package.name = origin.name == package.name ? package.name : list_.keep(origin.name);
      take_version(package, *version);
    } else if (reference.starts_with("patch:")) {
      package.source = origin.reference.find("git") != std::string::npos ? Source::git : Source::url;
    } else {
      // "tarb@https://registry…/-/is-even-1.0.0.tgz" is installed under a name of the project's choice.
      const std::string_view served = name_in_registry_url(reference);
      package.name = served.empty() ? package.name : served;
      package.source = source_of_address(reference);
      if (package.source == Source::path && !is_archive(reference.substr(0, reference.find_first_of("#:", 5)))) {
        package.part = Part::member;
      }
    }
  }

  /// Yarn fetches what the resolution names, whatever the entry says besides.
  void
  take_version(Package& package, std::string_view resolved)
  {
    if (resolved == package.version) {
      return;
    }
    list_.gap(GapKind::unjudged, package.line,
              fmt::format("{} is resolved to {}, and its entry says that it is {}", printable(package.name),
                          resolved.empty() ? "nothing" : printable(resolved), printable(package.version)),
              std::string(fix));
    package.version = list_.keep(std::string(resolved));
  }

  void
  add_needs(const Entry& entry)
  {
    const auto optional = optional_in(entry.dependencies_meta);
    const auto manifest = manifests_.find(entry.id);
    std::unordered_map<std::string_view, Scope> scopes;
    if (manifest != manifests_.end()) {
      for (const ManifestNeed& need : manifest->second->needs) {
        // Of a name in several tables the first counts, as in `needs`.
        scopes.emplace(need.name, need.scope);
      }
    }
    for (const Value needed : entry.dependencies) {
      Scope scope = optional.contains(needed.key()) ? Scope::optional : Scope::runtime;
      if (const auto said = scopes.find(needed.key()); said != scopes.end() && said->second != Scope::peer) {
        scope = said->second;
      }
      add_need(entry.id, needed, scope, IfMissing::gap);
    }
    const auto optional_peers = optional_in(entry.peers_meta);
    for (const Value needed : entry.peers) {
      add_need(entry.id, needed, optional_peers.contains(needed.key()) ? Scope::optional : Scope::peer,
               IfMissing::nothing);
    }
  }

  /// A patched package is there for the sake of its patch.
  void
  add_patched(const Entry& entry)
  {
    const std::string original = patched_in(split_at_version(entry.resolution).rest);
    if (const auto found = by_descriptor_.find(original); found != by_descriptor_.end() && found->second != entry.id) {
      list_.need(entry.id, found->second);
    }
  }

  enum class IfMissing { gap, nothing };

  void
  add_need(PackageId from, Value needed, Scope scope, IfMissing if_missing)
  {
    const std::string_view range = needed.scalar();
    if (const PackageId* found = find(needed.key(), range)) {
      need(from, *found, scope, range);
      if (const auto patch = builtin_patches_.find(descriptor_); patch != builtin_patches_.end()) {
        need(from, patch->second, scope, range);
      }
    } else if (const auto named = by_name_.find(needed.key()); named != by_name_.end()) {
      // A peer's range is that of who provides it, and "resolutions" put another in place of the one that is written.
      for (std::size_t i = 0; i < named->second.size() && list_.takes_needs(); ++i) {
        need(from, named->second[i], scope, range);
      }
    } else if (if_missing == IfMissing::gap && scope != Scope::optional) {
      list_.gap(GapKind::unparsable, needed.line(),
                fmt::format("{}@{} is needed and not in the file", printable(needed.key()), printable(range)),
                std::string(fix));
    }
  }

  const PackageId*
  find(std::string_view name, std::string_view range)
  {
    descriptor_.assign(name).append("@").append(range);
    auto found = by_descriptor_.find(descriptor_);
    if (found == by_descriptor_.end()) {
      // Before Yarn 4 the usual protocol is left out.
      descriptor_.assign(name).append("@npm:").append(range);
      found = by_descriptor_.find(descriptor_);
    }
    return found == by_descriptor_.end() ? nullptr : &found->second;
  }

  void
  need(PackageId from, PackageId to, Scope scope, std::string_view range)
  {
    const bool is_optional = conditional_[to] && scope < Scope::optional;
    list_.need(from, to, is_optional ? Scope::optional : scope, range);
  }

  const LockText& file_;
  PackageList& list_;
  std::vector<Entry> entries_;
  std::vector<bool> conditional_;  ///< installed on some platforms only
  std::unordered_map<std::string_view, PackageId> by_descriptor_;
  std::unordered_map<std::string_view, std::vector<PackageId>> by_name_;
  std::unordered_map<PackageId, std::shared_ptr<const NodeManifest>> manifests_;
  std::unordered_map<std::string, PackageId> builtin_patches_;  ///< by what they are of
  std::string descriptor_;
  bool has_root_ = false;
};

void
read(const LockText& file, PackageList& list)
{
  const auto kept = yaml_documents(file, list, fix);
  if (!kept) {
    return;
  }
  const Value root = kept->empty() ? Value() : kept->front().root();
  const Value version = root["__metadata"]["version"];
  if (std::find(known_versions.begin(), known_versions.end(), version.scalar()) == known_versions.end()) {
    refuse_version(list, version, "metadata version");
    return;
  }
  if (kept->size() > 1) {
    list.gap(GapKind::unknown_format, (*kept)[1].root().line(), "a second document");
  }
  BerryList(file, list).read(root);
  report_none_locked(file, fix, list);
}

bool
claims(std::string_view /*path*/, std::string_view text)
{
  return text.starts_with("__metadata:") || text.find("\n__metadata:") != std::string_view::npos;
}

constexpr std::array<std::string_view, 1> paths{"yarn.lock"};

}  // namespace

extern const Lockfile lockfile_yarn_berry{.id = "yarn-berry",
                                          .title = "Yarn yarn.lock",
                                          .purpose = Purpose::install,
                                          .hashed = Hashed::all_or_none,
                                          .weak_hash = WeakHash::as_good_as_it_gets,
                                          .manifest = ManifestKind::package_json,
                                          .installer = Installer::yarn_berry,
                                          .paths = paths,
                                          .claims = claims,
                                          .read = read,
                                          .upgrade = {"yarn up {name}@^{version}", "yarn up -R {name}"}};

}  // namespace sluice::deps
