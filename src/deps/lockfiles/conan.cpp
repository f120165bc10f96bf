// SPDX-License-Identifier: Apache-2.0
//
// conan.lock (docs.conan.io, "Lockfiles"). Version 0.5, of Conan 2, lists references by what they are needed for;
// version 0.4, of Conan 1, has the graph. What the project names stands in conanfile.txt or conanfile.py.
#include "base/text.hpp"
#include "deps/data.hpp"
#include "deps/lockfile.hpp"
#include "deps/reading.hpp"

#include <fmt/format.h>

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

void
add(const Value& reference, Scope scope, std::string_view recipe, PackageList& list)
{
  Package package = package_of(reference.text(), reference.line());
  package.scope = scope;
  package.is_direct = is_named(recipe, package.name);
  if (package.version.empty()) {
    list.gap(GapKind::unparsable, package.line, fmt::format("{} has no version", printable(reference.text())));
  }
  list.add(package);
}

void
read_lists(const Value& root, std::string_view recipe, PackageList& list)
{
  constexpr std::array<std::pair<std::string_view, Scope>, 4> lists{{{"requires", Scope::runtime},
                                                                     {"build_requires", Scope::build},
                                                                     {"python_requires", Scope::build},
                                                                     {"config_requires", Scope::build}}};
  for (const auto& [key, scope] : lists) {
    for (const Value reference : root[key]) {
      add(reference, scope, recipe, list);
    }
  }
}

void
read_graph(const Value& nodes, PackageList& list)
{
  std::unordered_map<std::string_view, PackageId> ids;
  for (const Value node : nodes) {
    Package package = package_of(node["ref"].text(), node["ref"].line());
    // The project itself has no reference, or none with a recipe's revision.
    if (node["ref"].text().empty() || node.key() == "0") {
      package.part = Part::root;
    }
    ids.emplace(node.key(), list.add(package));
  }
  for (const Value node : nodes) {
    for (const auto& [key, scope] :
         {std::pair("requires", Scope::runtime), std::pair("build_requires", Scope::build)}) {
      for (const Value needed : node[key]) {
        if (const auto to = ids.find(needed.scalar()); to != ids.end()) {
          list.need(ids.at(node.key()), to->second, scope);
        }
      }
    }
  }
}

void
read(const LockText& file, PackageList& list)
{
  const auto data = json_of(file, list);
  if (!data) {
    return;
  }
  const Value root = data->root();
  const std::string_view version = root["version"].text();
  if (version == "0.5") {
    const std::string recipe =
        file.around.read("conanfile.txt").value_or("") + file.around.read("conanfile.py").value_or("");
    read_lists(root, recipe, list);
  } else if (version == "0.4") {
    read_graph(root["graph_lock"]["nodes"], list);
  } else {
    list.refuse(GapKind::unknown_format, root["version"].line(),
                fmt::format("version {} of the format is not known", version.empty() ? "(none)" : printable(version)));
  }
}

constexpr std::array<std::string_view, 1> paths{"conan.lock"};

}  // namespace

extern const Lockfile lockfile_conan{.id = "conan", .title = "conan.lock", .paths = paths, .read = read};

}  // namespace sluice::deps
