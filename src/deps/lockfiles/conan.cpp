// SPDX-License-Identifier: Apache-2.0
//
// conan.lock (docs.conan.io, "Lockfiles", and Conan's own source: graph_lock.py). Version 0.5, of Conan 2, lists
// references by what they are needed for; those of Conan 1 have the graph: 0.4 with a package's reference, 0.1 to 0.3
// and the first, which says no version, with that of the very package ("pref": reference, package id and revision).
// What the project names stands in conanfile.txt or conanfile.py.
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/lockfile.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace sluice::deps {

namespace {

/// "name/version@user/channel#revision%time".
Package
package_of(std::string_view reference, std::uint32_t line)
{
  Package package;
  package.ecosystem = "ConanCenter";
  package.line = line;
  const std::size_t slash = reference.find('/');
  package.name = reference.substr(0, slash);
  if (slash != std::string_view::npos) {
    const std::string_view rest = reference.substr(slash + 1);
    package.version = rest.substr(0, rest.find_first_of("@#%:"));
  }
  return package;
}

/// Whether the project's own recipe names a package: a word of it, before a slash.
bool
is_named(std::string_view recipe, std::string_view name)
{
  const std::string wanted = std::string(name) + "/";
  for (std::size_t at = recipe.find(wanted); at != std::string_view::npos; at = recipe.find(wanted, at + 1)) {
    constexpr std::string_view of_names = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+.-/";
    if (at == 0 || of_names.find(recipe[at - 1]) == std::string_view::npos) {
      return true;
    }
  }
  return false;
}

/// Whether a reference has a name and a version; tells of one that has not, which no Conan writes.
bool
is_reference(const Package& package, const Value& reference, PackageList& list)
{
  const bool is_right =
      !package.name.empty() && !package.version.empty() && package.version.find('/') == std::string_view::npos;
  if (!is_right) {
    list.gap(GapKind::unparsable, reference.line(),
             fmt::format("{} is no name with a version", printable(reference.text())));
  }
  return is_right;
}

void
add(const Value& reference, Scope scope, std::string_view recipe, PackageList& list)
{
  Package package = package_of(reference.text(), reference.line());
  package.scope = scope;
  package.is_direct = is_named(recipe, package.name);
  if (is_reference(package, reference, list)) {
    list.add(package);
  }
}

void
read_lists(const Value& root, std::string_view recipe, PackageList& list)
{
  constexpr std::array<std::pair<std::string_view, Scope>, 4> lists{{{"requires", Scope::runtime},
                                                                     {"build_requires", Scope::build},
                                                                     {"python_requires", Scope::build},
                                                                     {"config_requires", Scope::build}}};
  for (const auto& [key, scope] : lists) {
    if (!has_shape(root[key], Data::Kind::list, list)) {
      return;
    }
    for (const Value reference : root[key]) {
      add(reference, scope, recipe, list);
    }
  }
}

void
read_graph(const Value& nodes, PackageList& list)
{
  if (!nodes.is_table()) {
    list.refuse(GapKind::unknown_format, nodes.line(), "it has no graph");
    return;
  }
  if (!have_shape(nodes, Data::Kind::table, list)) {
    return;
  }
  std::unordered_map<std::string_view, PackageId> ids;
  for (const Value node : nodes) {
    const Value reference = node["ref"] ? node["ref"] : node["pref"];
    Package package = package_of(reference.text(), reference.line());
    // The project itself is the first, or has no reference. A path is where a recipe lies, of whatever package.
    if (reference.text().empty() || node.key() == "0") {
      package.part = Part::root;
    } else if (!is_reference(package, reference, list)) {
      continue;
    }
    ids.emplace(node.key(), list.add(package));
  }
  for (const Value node : nodes) {
    const auto from = ids.find(node.key());
    if (from == ids.end()) {
      continue;
    }
    for (const auto& [key, scope] :
         {std::pair("requires", Scope::runtime), std::pair("build_requires", Scope::build)}) {
      // The first versions name each by its reference.
      if (!node[key].is_table() && !has_shape(node[key], Data::Kind::list, list)) {
        return;
      }
      for (const Value needed : node[key]) {
        if (const auto to = ids.find(needed.scalar()); to != ids.end()) {
          list.need(from->second, to->second, scope);
        }
      }
    }
  }
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = json_document(file, list);
  if (!root) {
    return;
  }
  const std::string_view version = root["version"].text();
  constexpr std::array<std::string_view, 4> with_graph{"0.1", "0.2", "0.3", "0.4"};
  if (version == "0.5") {
    const std::string recipe =
        file.around.read("conanfile.txt").value_or("") + file.around.read("conanfile.py").value_or("");
    read_lists(root, recipe, list);
  } else if (std::find(with_graph.begin(), with_graph.end(), version) != with_graph.end()
             || (!root["version"] && root["graph_lock"])) {
    read_graph(root["graph_lock"]["nodes"], list);
  } else {
    refuse_version(list, root["version"], "version");
  }
}

constexpr std::array<std::string_view, 1> paths{"conan.lock"};

}  // namespace

extern const Lockfile lockfile_conan{.id = "conan",
                                     .title = "conan.lock",
                                     .purpose = Purpose::install,
                                     .hashed = Hashed::some,
                                     .weak_hash = WeakHash::as_good_as_it_gets,
                                     .manifest = ManifestKind::not_searched,
                                     .installer = Installer::other,
                                     .paths = paths,
                                     .read = read};

}  // namespace sluice::deps
