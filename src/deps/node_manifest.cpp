// SPDX-License-Identifier: Apache-2.0
#include "deps/node_manifest.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "deps/node_packages.hpp"
#include "deps/not_locked.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace sluice::deps {

namespace {

void
collect(Value table, Scope scope, std::vector<ManifestNeed>& needs)
{
  for (const Value need : table) {
    needs.push_back({need.key(), need.text(), scope, need.line(), false});
  }
}

std::unordered_set<std::string_view>
keys_of(Value table)
{
  std::unordered_set<std::string_view> keys;
  for (const Value member : table) {
    keys.insert(member.key());
  }
  return keys;
}

std::vector<ManifestNeed>
needs_of(Value root)
{
  std::vector<ManifestNeed> needs;
  collect(root["dependencies"], Scope::runtime, needs);
  const auto optional = keys_of(root["optionalDependencies"]);
  std::erase_if(needs, [&optional](const ManifestNeed& need) { return optional.contains(need.name); });
  collect(root["optionalDependencies"], Scope::optional, needs);
  std::unordered_set<std::string_view> optional_peers;
  for (const Value meta : root["peerDependenciesMeta"]) {
    if (meta["optional"].is_true()) {
      optional_peers.insert(meta.key());
    }
  }
  for (const Value peer : root["peerDependencies"]) {
    const bool is_optional = optional_peers.contains(peer.key());
    needs.push_back({peer.key(), peer.text(), is_optional ? Scope::optional : Scope::peer, peer.line(), is_optional});
  }
  collect(root["devDependencies"], Scope::dev, needs);
  return needs;
}

/// The part of a glob before its first wildcard, up to a slash.
std::string_view
fixed_part(std::string_view glob)
{
  return directory_of(glob.substr(0, glob.find_first_of("*?[{")));
}

/// "a/{b,c}" is "a/b" and "a/c". Only the first brace, as nobody nests them.
std::vector<std::string>
unbraced(std::string_view glob)
{
  const std::size_t open = glob.find('{');
  const std::size_t close = glob.find('}', open);
  if (open == std::string_view::npos || close == std::string_view::npos) {
    return {std::string(glob)};
  }
  std::vector<std::string> globs;
  for (const std::string_view choice : split(glob.substr(open + 1, close - open - 1), ',')) {
    globs.push_back(fmt::format("{}{}{}", glob.substr(0, open), choice, glob.substr(close + 1)));
  }
  return globs;
}

/// Globs as `Glob` has them: a pattern without a slash would match at any depth.
Glob
glob_of_directory(std::string_view pattern)
{
  return Glob(fmt::format("{}/package.json", pattern));
}

/// "!./packages/old/" without what does not tell directories apart.
struct MemberGlob
{
  std::string_view directory;
  bool is_excluding = false;
};

MemberGlob
member_glob(std::string_view written)
{
  MemberGlob glob{written, written.starts_with('!')};
  glob.directory.remove_prefix(glob.is_excluding ? 1 : 0);
  while (glob.directory.starts_with("./")) {
    glob.directory.remove_prefix(2);
  }
  while (glob.directory.ends_with('/')) {
    glob.directory.remove_suffix(1);
  }
  return glob;
}

void
add_directories(const Surroundings& around, std::string_view pattern, std::vector<std::string>& found,
                PackageList& list)
{
  const std::string_view base = fixed_part(pattern);
  const auto directory = around.resolve(base);
  if (!directory || !around.tree().is_directory(*directory)) {
    return;
  }
  const gate::Listing listing = around.tree().list(*directory);
  if (!listing.complete) {
    list.gap(GapKind::too_many, 0,
             fmt::format("not all members are known: too many files match {}", printable(pattern)));
  }
  const Glob glob = glob_of_directory(pattern);
  for (const std::string& file : listing.files) {
    const std::string path = base.empty() ? file : fmt::format("{}/{}", base, file);
    if (path.ends_with("/package.json") && path.find("node_modules/") == std::string::npos && glob.matches(path)) {
      found.push_back(path.substr(0, path.size() - std::string_view("/package.json").size()));
    }
  }
}

}  // namespace

tl::expected<std::shared_ptr<const NodeManifest>, Defect>
parse_node_manifest(std::string text)
{
  auto manifest = std::make_shared<NodeManifest>();
  manifest->text = std::move(text);
  auto data = read_json_data(manifest->text);
  if (!data) {
    return tl::unexpected(std::move(data).error());
  }
  manifest->data = *std::move(data);
  const Value root = manifest->data.root();
  if (!root.is_table()) {
    return tl::unexpected(Defect{root.line(), "not an object"});
  }
  for (const std::string_view table :
       {"dependencies", "optionalDependencies", "peerDependencies", "peerDependenciesMeta", "devDependencies"}) {
    // Some tools write a table of nothing as a list.
    const Value value = root[table];
    if (!value.is_table() && value.kind() != Data::Kind::null && !(value.is_list() && value.size() == 0)) {
      return tl::unexpected(Defect{value.line(), fmt::format("\"{}\" is not an object", table)});
    }
  }
  manifest->name = root["name"].text();
  manifest->version = root["version"].text();
  manifest->needs = needs_of(root);
  const Value workspaces = root["workspaces"];
  for (const Value glob : workspaces.is_list() ? workspaces : workspaces["packages"]) {
    manifest->members.push_back(glob.text());
  }
  return manifest;
}

std::shared_ptr<const NodeManifest>
read_node_manifest(const Surroundings& around, std::string_view path, PackageList& list)
{
  auto text = around.read(path);
  if (!text) {
    return nullptr;
  }
  auto manifest = parse_node_manifest(*std::move(text));
  if (!manifest) {
    list.gap(GapKind::unparsable, 0,
             fmt::format("{} cannot be read (line {}: {}), so that it is not known what it names", printable(path),
                         manifest.error().line, manifest.error().what));
    return nullptr;
  }
  list.keep(*manifest);
  return *manifest;
}

std::vector<std::string>
member_directories(const Surroundings& around, const std::vector<std::string_view>& globs, PackageList& list)
{
  std::vector<std::string> found;
  for (const std::string_view written : globs) {
    const MemberGlob glob = member_glob(written);
    for (const std::string& pattern : unbraced(glob.directory)) {
      if (glob.is_excluding) {
        const Glob excluded = glob_of_directory(pattern);
        std::erase_if(found, [&](const std::string& each) { return excluded.matches(each + "/package.json"); });
      } else if (!pattern.empty()) {
        add_directories(around, pattern, found, list);
      }
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

bool
is_member_directory(const std::vector<std::string_view>& globs, std::string_view directory)
{
  const std::string manifest = fmt::format("{}/package.json", directory);
  bool is_member = false;
  for (const std::string_view written : globs) {
    const MemberGlob glob = member_glob(written);
    for (const std::string& pattern : unbraced(glob.directory)) {
      if (!pattern.empty() && glob_of_directory(pattern).matches(manifest)) {
        is_member = !glob.is_excluding;
      }
    }
  }
  return is_member;
}

bool
is_own_range(std::string_view range)
{
  return source_of_address(range) == Source::path || range.starts_with('/') || range.starts_with("~/");
}

bool
is_locked_by_npm(const ManifestNeed& need)
{
  return (need.scope == Scope::runtime || need.scope == Scope::dev) && !is_own_range(need.range);
}

void
report_unlocked(const NodeManifest& manifest, ListOf list_of, std::string_view fix, PackageList& list)
{
  for (const ManifestNeed& need : manifest.needs) {
    if (need.is_optional_peer || is_own_range(need.range)) {
      continue;
    }
    const auto alias = alias_in(need.range);
    const std::string_view range = alias ? alias->rest : need.range;
    Package package;
    package.ecosystem = npm_ecosystem;
    package.name = alias ? alias->name : need.name;
    package.version = is_exact_version(range) ? range : std::string_view();
    package.scope = need.scope;
    package.is_direct = true;
    package.line = list_of == ListOf::manifest ? need.line : 1;
    if (const bool is_address = range.find_first_of(":/") != std::string_view::npos; is_address) {
      package.source = source_of_address(range);
      package.location = range;
    }
    list.add(package);
    list.gap(GapKind::unjudged, list_of == ListOf::manifest ? need.line : 0,
             package.version.empty()
                 ? not_locked_why(package.name)
                 : fmt::format("what {} {} needs is not locked", printable(package.name), printable(package.version)),
             std::string(fix));
  }
}

void
report_none_locked(const LockText& file, std::string_view fix, PackageList& list)
{
  if (list.is_refused() || list.has_third_party()) {
    return;
  }
  if (const auto manifest = read_node_manifest(file.around, "package.json", list)) {
    report_unlocked(*manifest, ListOf::lockfile, fix, list);
  }
}

}  // namespace sluice::deps
