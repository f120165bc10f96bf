// SPDX-License-Identifier: Apache-2.0
//
// Pipfile.lock (pipenv.pypa.io, "Pipfile & Pipfile.lock"), specification 6. Every category of the Pipfile is a table of
// locked packages: `default` and `develop` are its [packages] and [dev-packages], others have its own names. There is
// no graph in it; the Pipfile beside it says what is asked for directly, and without one `index` does, which Pipenv
// writes for those.
#include "base/text.hpp"
#include "deps/beside.hpp"
#include "deps/manifest_tables.hpp"
#include "deps/not_locked.hpp"
#include "deps/python.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <array>
#include <unordered_set>

namespace sluice::deps {

namespace {

struct Manifest
{
  std::unordered_set<std::string> names;  ///< "category\nname"
  std::string first;                      ///< a package of a registry; empty: it asks for none
};

std::string_view
category_of(std::string_view table)
{
  if (table == "packages") {
    return "default";
  }
  return table == "dev-packages" ? "develop" : table;
}

std::optional<Manifest>
read_manifest(const Surroundings& around, PackageList& list)
{
  const auto pipfile = toml_beside(around, "Pipfile", list);
  if (!pipfile) {
    return std::nullopt;
  }
  Manifest manifest;
  for (const Value table : pipfile->data.root()) {
    if (!is_pipfile_category(table)) {
      continue;
    }
    for (const Value needed : table) {
      manifest.names.insert(fmt::format("{}\n{}", category_of(table.key()), python_name(needed.key())));
      if (manifest.first.empty() && !needed["path"] && !needed["markers"]) {
        manifest.first = needed.key();
      }
    }
  }
  return manifest;
}

Scope
scope_of(std::string_view category)
{
  if (category == "default") {
    return Scope::runtime;
  }
  return scope_of_group_name(category);
}

void
locate(Value entry, Package& package)
{
  static constexpr std::array<std::pair<std::string_view, Source>, 4> keys{
      {{"git", Source::git}, {"path", Source::path}, {"file", Source::url}, {"url", Source::url}}};
  for (const auto& [key, source] : keys) {
    if (const Value where = entry[key]) {
      package.source = source;
      package.location = where.text();
      return;
    }
  }
}

/// The address of the index that an entry names, or else of the first, which pipenv asks then.
std::string_view
address_of_index(Value entry, Value sources)
{
  const std::string_view asked = entry["index"].text();
  for (const Value source : sources) {
    if (asked.empty() || source["name"].text() == asked) {
      return source["url"].text();
    }
  }
  return {};
}

void
set_version(Value entry, Package& package, PackageList& list)
{
  package.version = pinned_python_version(entry["version"].text());
  if (package.version.empty() && package.source == Source::url) {
    package.version = version_in_python_archive(package.location, package.name);
  }
  if (package.version.empty() && package.source != Source::path) {
    constexpr std::string_view fix = "Ask for a release of a registry in the Pipfile and run pipenv lock";
    if (package.source == Source::registry) {
      not_locked(list, package.line, package.name, std::string(fix));
    } else {
      list.gap(GapKind::unjudged, package.line,
               fmt::format("{} is not locked to a version but to {}", printable(package.name),
                           package.source == Source::git ? "a commit" : "an address"),
               std::string(fix));
    }
  }
}

/// What of the project an entry does not say.
struct Project
{
  std::optional<Manifest> manifest;
  Value sources;
};

void
add(Value category, Value entry, const Project& project, PackageList& list)
{
  const std::optional<Manifest>& manifest = project.manifest;
  Package package{.ecosystem = pypi, .name = entry.key()};
  package.line = entry.line();
  package.scope = scope_of(category.key());
  package.is_direct = manifest
                          ? manifest->names.contains(fmt::format("{}\n{}", category.key(), python_name(package.name)))
                          : static_cast<bool>(entry["index"]);
  locate(entry, package);
  if (package.source == Source::registry) {
    package.location = address_of_index(entry, project.sources);
  }
  set_version(entry, package, list);
  if (package.source == Source::path && (package.location == "." || package.location == "./")) {
    package.part = Part::root;
  }
  std::string hashes;
  for (const Value hash : entry["hashes"]) {
    hashes.append(hashes.empty() ? "" : " ").append(hash.text());
  }
  package.integrity = hashes.empty() ? std::string_view() : list.keep(std::move(hashes));
  list.add(package);
}

bool
is_known(Value root, PackageList& list)
{
  const Value specification = root["_meta"]["pipfile-spec"];
  if (specification.scalar() == "6") {
    return true;
  }
  refuse_version(list, specification, "pipfile-spec", "Make the lockfile anew with pipenv lock, or update Sluice");
  return false;
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = json_document(file, list, "Make the lockfile anew with pipenv lock");
  if (!root || !is_known(root, list)) {
    return;
  }
  for (const Value category : root) {
    if (!has_shape(category, Data::Kind::table, list)) {
      return;
    }
  }
  const Project project{read_manifest(file.around, list), root["_meta"]["sources"]};
  for (const Value category : root) {
    if (category.key() != "_meta") {
      for (const Value entry : category) {
        add(category, entry, project, list);
      }
    }
  }
  if (project.manifest && !project.manifest->first.empty() && list.packages().empty()) {
    locks_nothing(list, "Pipfile", project.manifest->first, "Make the lockfile anew with pipenv lock");
  }
}

constexpr std::array<std::string_view, 1> paths{"Pipfile.lock"};

}  // namespace

extern const Lockfile lockfile_pipfile{.id = "pipfile",
                                       .title = "Pipenv Pipfile.lock",
                                       .purpose = Purpose::install,
                                       .hashed = Hashed::all,
                                       .weak_hash = WeakHash::outgrown,
                                       .manifest = ManifestKind::pipfile,
                                       .installer = Installer::other,
                                       .paths = paths,
                                       .read = read,
                                       .upgrade = {"pipenv upgrade {name}", "pipenv upgrade {name}"}};

}  // namespace sluice::deps
