// SPDX-License-Identifier: Apache-2.0
//
// deno.lock (github.com/denoland/deno, libs/lockfile). "specifiers" tells what each import was resolved to, "npm" and
// "jsr" what those packages need, "remote" the hash of every file from a URL, "workspace" what the manifests of the
// project and its members name. An import that no manifest and no package of JSR names stands in the project's code.
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/deno_specifier.hpp"
#include "deps/lockfile.hpp"
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

constexpr std::string_view fix = "Make the lockfile anew with deno install";

/// Where the packages stand has changed from version to version. Deno looks only where its own puts them.
struct Layout
{
  std::string_view version;
  std::array<std::string_view, 4> foreign;  ///< tables that only other versions have
};
constexpr std::array<Layout, 4> layouts{{{"2", {"packages", "specifiers", "jsr", "workspace"}},
                                         {"3", {"npm", "jsr", "specifiers", ""}},
                                         {"4", {"packages", "", "", ""}},
                                         {"5", {"packages", "", "", ""}}}};

class DenoLock
{
public:
  DenoLock(const LockText& file, PackageList& list)
      : file_(file),
        list_(list)
  {}

  void
  read(Value root)
  {
    // Version 2 has no JSR and all of npm in one place, version 3 all packages.
    const Value packages = root["packages"];
    const Value npm = packages ? packages["npm"] : root["npm"]["packages"] ? root["npm"]["packages"] : root["npm"];
    const Value jsr = packages ? packages["jsr"] : root["jsr"];
    specifiers_ = packages             ? packages["specifiers"]
                  : root["specifiers"] ? root["specifiers"]
                                       : root["npm"]["specifiers"];
    add_npm(npm);
    add_jsr(jsr);
    resolve_specifiers();
    for (const auto& [id, entry] : npm_) {
      add_npm_needs(id, entry);
    }
    for (const auto& [id, entry] : jsr_) {
      for (const Value need : entry["dependencies"]) {
        needed_by_jsr_.insert(need.text());
        add_need(id, need.text(), Scope::runtime);
      }
    }
    add_workspace(root["workspace"]);
    add_remote(root["remote"]);
  }

private:
  void
  add_npm(Value npm)
  {
    list_.tells_install_scripts = true;
    for (const Value entry : npm) {
      const NameAndRest key = split_at_version(entry.key());
      Package package;
      package.ecosystem = npm_ecosystem;
      package.name = key.name;
      // Behind an underline stand the peers that decide which copy is meant.
      package.version = key.rest.substr(0, key.rest.find('_'));
      package.line = entry.line();
      package.integrity = entry["integrity"].text();
      package.location = entry["tarball"].text();
      package.has_install_script = entry["scripts"].is_true();
      const PackageId id = add_package(package);
      npm_.emplace_back(id, entry);
      npm_ids_.insert_or_assign(entry.key(), id);
      npm_by_name_.insert_or_assign(key.name, id);
    }
  }

  void
  add_jsr(Value jsr)
  {
    for (const Value entry : jsr) {
      const NameAndRest key = split_at_version(entry.key());
      Package package;
      package.ecosystem = jsr_ecosystem;
      package.name = key.name;
      package.version = key.rest;
      package.line = entry.line();
      package.integrity = entry["integrity"].text();
      const PackageId id = add_package(package);
      jsr_.emplace_back(id, entry);
      jsr_ids_.insert_or_assign(entry.key(), id);
      jsr_by_name_.insert_or_assign(key.name, id);
    }
  }

  PackageId
  add_package(const Package& package)
  {
    if (package.version.empty()) {
      not_locked(list_, package.line, package.name, std::string(fix));
    }
    return list_.add(package);
  }

  void
  resolve_specifiers()
  {
    for (const Value specifier : specifiers_) {
      const std::string_view protocol = specifier.key().starts_with("jsr:") ? "jsr:" : "npm:";
      std::string_view asked = specifier.key();
      asked.remove_prefix(asked.starts_with(protocol) ? protocol.size() : 0);
      std::string_view resolved = specifier.text();
      resolved.remove_prefix(resolved.starts_with(protocol) ? protocol.size() : 0);
      // Since version 4 only the version stands there.
      std::string key(resolved);
      if (resolved.find('@', 1) == std::string_view::npos || !is_named(resolved, asked)) {
        key = fmt::format("{}@{}", split_at_version(asked).name, resolved);
      }
      const auto& ids = protocol == "jsr:" ? jsr_ids_ : npm_ids_;
      if (const auto found = ids.find(key); found != ids.end()) {
        resolved_.insert_or_assign(list_.keep(fmt::format("{}{}", protocol, asked)), found->second);
      } else {
        list_.gap(GapKind::unparsable, specifier.line(),
                  fmt::format("{} is resolved to {} that is not in the file", printable(specifier.key()),
                              printable(specifier.text())),
                  std::string(fix));
      }
    }
  }

  /// Whether "chalk@4.1.0" of "chalk@^4" and not "1.2.0_react@18.2.0".
  static bool
  is_named(std::string_view resolved, std::string_view asked)
  {
    return split_at_version(resolved).name == split_at_version(asked).name;
  }

  void
  add_npm_needs(PackageId id, Value entry)
  {
    for (const Value member : entry) {
      const bool is_optional = member.key() == "optionalDependencies" || member.key() == "optionalPeers";
      if (member.key() != "dependencies" && !is_optional) {
        continue;
      }
      for (const Value need : member) {
        add_npm_need(id, need.text(), is_optional ? Scope::optional : Scope::runtime);
      }
    }
  }

  /// "name@1.0.0"; since version 4 "name" where there is one version of it, and "other@npm:name@1.0.0".
  void
  add_npm_need(PackageId from, std::string_view text, Scope scope)
  {
    const auto alias = alias_in(split_at_version(text).rest);
    std::string_view key = text;
    if (alias) {
      key.remove_prefix(text.find("@npm:", 1) + 5);
    }
    if (const auto found = npm_ids_.find(key); found != npm_ids_.end()) {
      list_.need(from, found->second, scope);
    } else if (const auto named = npm_by_name_.find(key); named != npm_by_name_.end()) {
      list_.need(from, named->second, scope);
    } else if (scope != Scope::optional) {
      list_.gap(GapKind::unparsable, list_.at(from).line,
                fmt::format("{} is needed and not in the file", printable(text)), std::string(fix));
    }
  }

  void
  add_need(PackageId from, std::string_view specifier, Scope scope)
  {
    if (const auto found = resolved_.find(specifier); found != resolved_.end()) {
      list_.need(from, found->second, scope, split_at_version(specifier.substr(4)).rest);
      return;
    }
    // A package of JSR names another without a range where the file has one version of it.
    if (specifier.starts_with("jsr:") || specifier.starts_with("npm:")) {
      const auto& ids = specifier.starts_with("jsr:") ? jsr_by_name_ : npm_by_name_;
      if (const auto named = ids.find(split_at_version(specifier.substr(4)).name); named != ids.end()) {
        needed_without_range_.insert(named->second);
        list_.need(from, named->second, scope);
      }
    }
  }

  void
  add_workspace(Value workspace)
  {
    Package own;
    own.part = Part::root;
    const PackageId root = list_.add(own);
    add_project(root, workspace, "package.json");
    for (const Value member : workspace["members"]) {
      Package package;
      package.ecosystem = jsr_ecosystem;
      package.part = Part::member;
      package.source = Source::path;
      package.name = member.key();
      package.location = member.key();
      package.line = member.line();
      add_project(list_.add(package), member, fmt::format("{}/package.json", member.key()));
    }
    for (const auto& [specifier, id] : resolved_) {
      if (!named_.contains(specifier) && !needed_by_jsr_.contains(specifier) && !needed_without_range_.contains(id)) {
        list_.need(root, id);
      }
    }
  }

  void
  add_project(PackageId id, Value project, const std::string& manifest_path)
  {
    for (const Value need : project["dependencies"]) {
      add_named(id, need.text(), Scope::runtime);
    }
    const Value of_manifest = project["packageJson"]["dependencies"];
    if (!of_manifest) {
      return;
    }
    std::unordered_map<std::string_view, Scope> scopes;
    if (const auto manifest = read_node_manifest(file_.around, manifest_path, list_)) {
      for (const ManifestNeed& need : manifest->needs) {
        const auto alias = alias_in(need.range);
        scopes.emplace(alias ? alias->name : need.name, need.scope);
      }
    }
    for (const Value need : of_manifest) {
      const auto parsed = parse_deno_specifier(need.text());
      const auto scope = parsed ? scopes.find(parsed->name) : scopes.end();
      add_named(id, need.text(), scope == scopes.end() ? Scope::runtime : scope->second);
    }
  }

  void
  add_named(PackageId id, std::string_view specifier, Scope scope)
  {
    named_.insert(specifier);
    add_need(id, specifier, scope);
  }

  /// Files of a module with a version are one package; a file without is one by itself, known by its hash.
  void
  add_remote(Value remote)
  {
    for (const Value file : remote) {
      const auto parsed = parse_deno_specifier(file.key());
      Package package;
      package.ecosystem = parsed ? parsed->ecosystem : deno_url_ecosystem;
      package.name = parsed ? parsed->name : file.key();
      package.version = parsed && !parsed->range.empty() ? parsed->range : file.text();
      package.source = Source::url;
      package.location = file.key();
      package.integrity = file.text();
      package.line = file.line();
      if (remotes_[package.name].insert(package.version).second) {
        add_package(package);
      }
    }
  }

  const LockText& file_;
  PackageList& list_;
  Value specifiers_;
  std::vector<std::pair<PackageId, Value>> npm_, jsr_;
  std::unordered_map<std::string_view, PackageId> npm_ids_, npm_by_name_, jsr_ids_, jsr_by_name_, resolved_;
  std::unordered_set<std::string_view> needed_by_jsr_, named_;
  std::unordered_set<PackageId> needed_without_range_;
  std::unordered_map<std::string_view, std::unordered_set<std::string_view>> remotes_;
};

/// A lockfile without a package is right where the manifests beside it name none.
void
report_none_imported(const LockText& file, PackageList& list)
{
  if (list.is_refused() || list.has_third_party()) {
    return;
  }
  for (const std::string_view name : {"deno.json", "deno.jsonc"}) {
    const auto text = std::make_shared<const std::string>(file.around.read(name).value_or("{}"));
    auto data = read_json_data(*text, JsonDialect::with_comments);
    if (!data) {
      list.gap(GapKind::unparsable, 0, fmt::format("{} beside it cannot be read: {}", name, data.error().what));
      continue;
    }
    list.keep(text);
    const auto kept = std::make_shared<const Data>(*std::move(data));
    list.keep(kept);
    for (const Value import : kept->root()["imports"]) {
      if (const auto parsed = parse_deno_specifier(import.text())) {
        Package package;
        package.ecosystem = parsed->ecosystem;
        package.name = parsed->name;
        package.source = parsed->source;
        package.is_direct = true;
        package.line = 1;
        list.add(package);
        not_locked(list, 0, import.text(), std::string(fix));
      }
    }
  }
  report_none_locked(file, fix, list);
}

/// A table of packages, of which each is one.
bool
has_packages(Value packages, PackageList& list)
{
  return has_shape(packages, Data::Kind::table, list) && have_shape(packages, Data::Kind::table, list);
}

/// "npm" is such a table since version 3; before, it has "specifiers" and "packages".
bool
has_known_shape(Value root, PackageList& list)
{
  const Value packages = root["packages"];
  const Value workspace = root["workspace"];
  for (const Value table : {packages, root["remote"], workspace, packages["specifiers"], root["specifiers"],
                            root["npm"]["specifiers"], workspace["packageJson"]}) {
    if (!has_shape(table, Data::Kind::table, list)) {
      return false;
    }
  }
  for (const Value table :
       {packages["npm"], packages["jsr"], root["npm"], root["npm"]["packages"], root["jsr"], workspace["members"]}) {
    if (!has_packages(table, list)) {
      return false;
    }
  }
  for (const Value entries :
       {packages["jsr"], root["jsr"], packages["npm"], root["npm"], root["npm"]["packages"], workspace["members"]}) {
    for (const Value entry : entries) {
      for (const std::string_view needs : {"dependencies", "optionalDependencies"}) {
        // Tables before version 4.
        if (!entry[needs].is_table() && !has_shape(entry[needs], Data::Kind::list, list)) {
          return false;
        }
      }
    }
  }
  if (!has_shape(workspace["packageJson"]["dependencies"], Data::Kind::list, list)) {
    return false;
  }
  return has_shape(workspace["dependencies"], Data::Kind::list, list);
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = json_document(file, list, fix);
  if (!root) {
    return;
  }
  const Value version = root["version"];
  const auto* const layout = std::find_if(layouts.begin(), layouts.end(),
                                          [&](const Layout& each) { return each.version == version.scalar(); });
  if (layout == layouts.end()) {
    refuse_version(list, version, "lockfile version", fix);
    return;
  }
  if (!has_known_shape(root, list)) {
    return;
  }
  for (const std::string_view key : layout->foreign) {
    if (const Value table = root[key]; !key.empty() && table) {
      list.refuse(GapKind::unparsable, table.line(),
                  fmt::format("version {} has no \"{}\" at its top", layout->version, key), std::string(fix));
      return;
    }
  }
  DenoLock(file, list).read(root);
  report_none_imported(file, list);
}

constexpr std::array<std::string_view, 1> paths{"deno.lock"};

}  // namespace

extern const Lockfile lockfile_deno{.id = "deno",
                                    .title = "Deno deno.lock",
                                    .purpose = Purpose::install,
                                    .hashed = Hashed::all_or_none,
                                    .weak_hash = WeakHash::outgrown,
                                    .manifest = ManifestKind::not_searched,
                                    .installer = Installer::deno,
                                    .paths = paths,
                                    .read = read,
                                    .names_by_address = true};

}  // namespace sluice::deps
