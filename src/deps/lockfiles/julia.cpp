// SPDX-License-Identifier: Apache-2.0
//
// Julia's Manifest.toml (pkgdocs.julialang.org, "Project.toml and Manifest.toml"), formats 1 and 2. What has neither a
// tree hash nor a path is part of Julia itself. Project.toml tells what the project names.
#include "base/text.hpp"
#include "deps/data.hpp"
#include "deps/lockfile.hpp"
#include "deps/reading.hpp"

#include <fmt/format.h>

#include <array>
#include <unordered_map>

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
        add(entries, entry);
      }
    }
    for (const auto& [key, scope] :
         {std::pair("deps", Scope::runtime), std::pair("extras", Scope::dev), std::pair("weakdeps", Scope::optional)}) {
      for (const Value named : project[key]) {
        need(from, named.key(), scope);
      }
    }
    for (const Value entries : packages_) {
      for (const Value entry : entries) {
        add_needs(entries.key(), entry);
      }
    }
  }

private:
  void
  add(const Value& entries, const Value& entry)
  {
    const bool is_own = entry["path"].is_text();
    if (!entry["git-tree-sha1"] && !is_own) {
      return;
    }
    Package package;
    package.ecosystem = "Julia";
    package.name = entries.key();
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
      list_.gap(GapKind::unparsable, package.line, fmt::format("{} has no version", printable(package.name)));
    }
    ids_.emplace(entries.key(), list_.add(package));
  }

  void
  need(PackageId from, std::string_view name, Scope scope)
  {
    if (const auto to = ids_.find(name); to != ids_.end()) {
      list_.need(from, to->second, scope);
    }
  }

  /// Needs are a list of names, or a table where one name stands for several packages.
  void
  add_needs(std::string_view name, const Value& entry)
  {
    const auto from = ids_.find(name);
    if (from == ids_.end()) {
      return;
    }
    for (const auto& [key, scope] : {std::pair("deps", Scope::runtime), std::pair("weakdeps", Scope::optional)}) {
      for (const Value needed : entry[key]) {
        need(from->second, entry[key].is_table() ? needed.key() : needed.text(), scope);
      }
    }
  }

  const Value& packages_;
  PackageList& list_;
  std::unordered_map<std::string_view, PackageId> ids_;
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

void
read(const LockText& file, PackageList& list)
{
  const auto data = toml_of(file, list);
  if (!data) {
    return;
  }
  const Value root = data->root();
  const std::string_view format = root["manifest_format"].text();
  const bool is_second = format.starts_with("2.") || format == "2";
  if (!is_second && (!format.empty() || !is_first_format(root))) {
    list.refuse(GapKind::unknown_format, root["manifest_format"].line(),
                fmt::format("format {} of the manifest is not known", format.empty() ? "(none)" : printable(format)));
    return;
  }
  const std::string project_text = file.around.read("Project.toml").value_or("");
  const auto project = read_toml_data(project_text);
  ManifestReader(is_second ? root["deps"] : root, list).run(project ? project->root() : Value());
}

/// The name is also that of other tools' files.
bool
claims(std::string_view /*path*/, std::string_view text)
{
  return text.find("uuid = \"") != std::string_view::npos || text.find("manifest_format") != std::string_view::npos
         || text.find("julia_version") != std::string_view::npos;
}

constexpr std::array<std::string_view, 3> paths{"Manifest.toml", "JuliaManifest.toml", "Manifest-v*.toml"};

}  // namespace

extern const Lockfile lockfile_julia{.id = "julia",
                                     .title = "Julia Manifest.toml",
                                     .paths = paths,
                                     .claims = claims,
                                     .read = read,
                                     .upgrade = {"julia --project -e 'import Pkg; Pkg.update(\"{name}\")'",
                                                 "julia --project -e 'import Pkg; Pkg.update(\"{name}\")'"}};

}  // namespace sluice::deps
