// SPDX-License-Identifier: Apache-2.0
//
// Julia's Manifest.toml (pkgdocs.julialang.org, "Project.toml and Manifest.toml"), formats 1 and 2. What has neither a
// version nor a place is part of Julia itself; one that has a version alone comes with Julia and is judged like any,
// for it may be a library of C with holes (LibCURL_jll). Names may be those of several packages, which their UUIDs tell
// apart. Project.toml tells what the project names.
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/beside.hpp"
#include "deps/lockfile.hpp"
#include "deps/missing.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

class ManifestReader
{
public:
  ManifestReader(const Value& packages, PackageList& list)
      : packages_(packages),
        list_(list)
  {}

  void
  run(const Value& project)
  {
    Package root;
    root.part = Part::root;
    const PackageId from = list_.add(root);
    for (const Value entries : packages_) {
      for (const Value entry : entries) {
        add(entries.key(), entry);
      }
    }
    for (const auto& [key, scope] :
         {std::pair("deps", Scope::runtime), std::pair("extras", Scope::dev), std::pair("weakdeps", Scope::optional)}) {
      for (const Value named : project[key]) {
        need(from, named, scope);
      }
    }
    for (const auto& [id, entry] : entries_) {
      add_needs(id, entry);
    }
    missing_.tell(list_, "`julia --project -e 'import Pkg; Pkg.resolve()'`");
  }

private:
  void
  add(std::string_view name, const Value& entry)
  {
    const bool is_own = entry["path"].is_text();
    known_.insert(name);
    if (!entry["uuid"].is_text()) {
      list_.gap(GapKind::unparsable, entry.line(), fmt::format("{} has no UUID", printable(name)));
    }
    if (!entry["version"] && !entry["git-tree-sha1"] && !entry["repo-url"] && !is_own) {
      return;
    }
    Package package;
    package.ecosystem = "Julia";
    package.name = name;
    package.version = entry["version"].text();
    package.line = entry.line();
    package.integrity = entry["git-tree-sha1"].text();
    if (is_own) {
      package.source = Source::path;
      package.location = entry["path"].text();
    } else if (entry["repo-url"]) {
      package.source = Source::git;
      package.location = entry["repo-url"].text();
    }
    if (package.version.empty() && !is_own) {
      list_.gap(GapKind::unparsable, package.line, incomplete_why(package.name));
    }
    const PackageId id = list_.add(package);
    ids_.emplace(name, id);
    if (entry["uuid"].is_text()) {
      ids_.emplace(entry["uuid"].text(), id);
    }
    entries_.emplace_back(id, entry);
  }

  /// `named` is a member of a table, name to UUID, or an item of a list of names.
  void
  need(PackageId from, const Value& named, Scope scope)
  {
    auto to = ids_.find(named.text());
    if (to == ids_.end() && !named.key().empty()) {
      to = ids_.find(named.key());
    }
    const std::string_view name = named.key().empty() ? named.text() : named.key();
    if (to != ids_.end()) {
      list_.need(from, to->second, scope);
    } else if (scope == Scope::runtime && !known_.contains(name)) {
      // What belongs to Julia itself is named, too.
      missing_.add(name, named.line());
    }
  }

  /// Needs are a list of names, or a table where one name stands for several packages.
  void
  add_needs(PackageId from, const Value& entry)
  {
    for (const auto& [key, scope] : {std::pair("deps", Scope::runtime), std::pair("weakdeps", Scope::optional)}) {
      for (const Value needed : entry[key]) {
        need(from, needed, scope);
      }
    }
  }

  const Value& packages_;
  PackageList& list_;
  std::unordered_map<std::string_view, PackageId> ids_;  ///< by name, the first of several, and by UUID
  std::vector<std::pair<PackageId, Value>> entries_;
  std::unordered_set<std::string_view> known_;
  Missing missing_;
};

/// Whether everything at the top is a list of tables, as format 1 has it.
bool
is_first_format(const Value& root)
{
  for (const Value member : root) {
    if (!member.is_list() || !member.item(0)["uuid"]) {
      return false;
    }
  }
  return true;
}

/// Whether everything that is walked is what it must be. Needs are a list of names, or a table where one name stands
/// for several packages.
bool
is_shaped(Value packages, PackageList& list)
{
  const auto are_needs = [&list](Value needs) { return needs.is_list() || has_shape(needs, Data::Kind::table, list); };
  const auto is_entry = [&](Value entry) {
    return has_shape(entry, Data::Kind::table, list) && are_needs(entry["deps"]) && are_needs(entry["weakdeps"]);
  };
  return has_shape(packages, Data::Kind::table, list) && have_shape(packages, Data::Kind::list, list)
         && std::all_of(packages.begin(), packages.end(),
                        [&](Value entries) { return std::all_of(entries.begin(), entries.end(), is_entry); });
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = toml_document(file, list);
  if (!root) {
    return;
  }
  if (trim(file.text).empty()) {
    list.refuse(GapKind::unparsable, 0, "there is nothing in it");
    return;
  }
  const std::string_view format = root["manifest_format"].text();
  const bool is_second = format.starts_with("2.") || format == "2";
  if (!is_second && (!format.empty() || !is_first_format(root))) {
    refuse_version(list, root["manifest_format"], "manifest_format");
    return;
  }
  const Value packages = is_second ? root["deps"] : root;
  if (!is_shaped(packages, list)) {
    return;
  }
  const std::string_view name = file.path.ends_with("JuliaManifest.toml") ? "JuliaProject.toml" : "Project.toml";
  const auto project = toml_beside(file.around, name, list);
  ManifestReader(packages, list).run(project ? project->data.root() : Value());
}

/// The name is also that of other tools' files. What is no TOML at all may be Julia's, and is told rather than passed
/// over.
bool
claims(std::string_view path, std::string_view text)
{
  constexpr std::array<std::string_view, 4> marks{"uuid = \"", "manifest_format", "julia_version",
                                                  "# This file is machine-generated"};
  return !path.ends_with("Manifest.toml") || path.ends_with("JuliaManifest.toml")
         || std::any_of(marks.begin(), marks.end(),
                        [text](std::string_view mark) { return text.find(mark) != std::string_view::npos; })
         || !read_toml_data(text);
}

constexpr std::array<std::string_view, 3> paths{"Manifest.toml", "JuliaManifest.toml", "Manifest-v*.toml"};

}  // namespace

extern const Lockfile lockfile_julia{.id = "julia",
                                     .title = "Julia Manifest.toml",
                                     .purpose = Purpose::install,
                                     .hashed = Hashed::some,
                                     .weak_hash = WeakHash::as_good_as_it_gets,
                                     .manifest = ManifestKind::not_searched,
                                     .installer = Installer::other,
                                     .paths = paths,
                                     .claims = claims,
                                     .read = read,
                                     .upgrade = {"julia --project -e 'import Pkg; Pkg.update(\"{name}\")'",
                                                 "julia --project -e 'import Pkg; Pkg.update(\"{name}\")'"}};

}  // namespace sluice::deps
