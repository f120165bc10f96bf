// SPDX-License-Identifier: Apache-2.0
//
// npm 5 and 6. Each entry has the packages that are installed below it under "dependencies" and the names that it needs
// under "requires"; a name is that of the nearest entry above. The root names nothing: package.json beside the lockfile
// tells what is direct, and where there is none, it is what stands at the top and nobody requires.
#include "deps/npm_nested.hpp"

#include "base/text.hpp"
#include "deps/missing.hpp"
#include "deps/node_manifest.hpp"
#include "deps/node_packages.hpp"
#include "deps/not_locked.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

/// An installed package, with those that are installed below it.
struct Installed
{
  PackageId id = 0;
  const Installed* above = nullptr;
  Value requires_table;
  bool is_optional = false;
  std::unordered_map<std::string_view, const Installed*> below;
};

/// "version" is a version, an alias or an address.
void
locate_nested(Package& package)
{
  const std::string_view version = package.version;
  if (const auto alias = alias_in(version)) {
    package.name = alias->name;
    package.version = alias->rest;
  } else if (version.find_first_of(":/") != std::string_view::npos) {
    package.location = version;
    package.source = source_of_address(version);
    if (package.source == Source::git) {
      package.version = commit_in(version);
    } else if (const std::string_view served = version_in_registry_url(version); !served.empty()) {
      package.name = name_in_registry_url(version);
      package.version = served;
    }
  } else {
    package.source = source_of_address(package.location);
  }
}

/// Compares what is nested with what a list has from elsewhere in the same file.
class NestedRest
{
public:
  explicit NestedRest(PackageList& list)
      : list_(list)
  {
    for (const Package& package : list.packages()) {
      names_.insert(package.name);
      locked_.insert(key_of(package));
    }
  }

  // The document's depth is limited, and so is this recursion.
  void
  add(Value dependencies)
  {
    for (const Value entry : dependencies) {
      if (!has_shape(entry, Data::Kind::table, list_) || !has_shape(entry["dependencies"], Data::Kind::table, list_)) {
        return;
      }
      add_entry(entry);
      add(entry["dependencies"]);
    }
  }

private:
  static std::string
  key_of(const Package& package)
  {
    return fmt::format("{}\n{}", package.name, package.version);
  }

  void
  add_entry(Value entry)
  {
    Package package;
    package.ecosystem = npm_ecosystem;
    package.name = entry.key();
    package.version = entry["version"].text();
    package.location = entry["resolved"].text();
    package.integrity = entry["integrity"].text();
    package.scope = entry["dev"].is_true()        ? Scope::dev
                    : entry["optional"].is_true() ? Scope::optional
                                                  : Scope::runtime;
    package.line = entry.line();
    package.may_lack_integrity = entry["bundled"].is_true();
    locate_nested(package);
    // Of what is of no registry the two tell the version each in its own way.
    const bool is_there = package.source == Source::registry ? !locked_.insert(key_of(package)).second
                                                             : !names_.insert(package.name).second;
    if (!is_there && (package.source != Source::path || is_archive(package.location))) {
      list_.add(package);
    }
  }

  PackageList& list_;
  std::unordered_set<std::string_view> names_;
  std::unordered_set<std::string> locked_;
};

class NestedTree
{
public:
  NestedTree(const LockText& file, PackageList& list)
      : file_(file),
        list_(list)
  {}

  void
  read(Value root)
  {
    Package own;
    own.part = Part::root;
    own.name = root["name"].text();
    own.line = root.line();
    top_.id = list_.add(own);
    add_below(top_, root["dependencies"]);
    for (const Installed& each : installed_) {
      add_needs(each);
    }
    if (const auto manifest = read_node_manifest(file_.around, "package.json", list_)) {
      add_root_needs(*manifest);
    } else {
      guess_root_needs();
    }
    if (installed_.empty()) {
      report_none_locked(file_, "Make the lockfile anew with npm install", list_);
    } else if (tells_origins(list_)) {
      missing_.tell(list_, "npm install");
    }
  }

private:
  // The document's depth is limited, and so is this recursion.
  void
  add_below(Installed& parent, Value dependencies)
  {
    for (const Value entry : dependencies) {
      if (!entry.is_table()) {
        list_.refuse(GapKind::unparsable, entry.line(), fmt::format("{} is not an object", printable(entry.key())));
        return;
      }
      Installed& each = installed_.emplace_back();
      each.above = &parent;
      if (!has_shape(entry["dependencies"], Data::Kind::table, list_)
          || !(requires_of(entry).kind() == Data::Kind::boolean
               || has_shape(requires_of(entry), Data::Kind::table, list_))) {
        return;
      }
      add_entry(each, entry);
      parent.below.insert_or_assign(entry.key(), &each);
      add_below(each, entry["dependencies"]);
      if (list_.is_refused()) {
        return;
      }
    }
  }

  /// What it needs, or whether it needs anything.
  static Value
  requires_of(Value entry)
  {
    return entry["requires"];
  }

  void
  add_entry(Installed& each, Value entry)
  {
    Package package;
    package.ecosystem = npm_ecosystem;
    package.name = entry.key();
    package.line = entry.line();
    bool is_dev = false;
    for (const Value member : entry) {
      const std::string_view key = member.key();
      if (key == "version") {
        package.version = member.text();
      } else if (key == "resolved") {
        package.location = member.text();
      } else if (key == "integrity") {
        package.integrity = member.text();
      } else if (key == "bundled") {
        package.may_lack_integrity = member.is_true();
      } else if (key == "requires") {
        each.requires_table = member;
      } else if (key == "dev") {
        is_dev = member.is_true();
      } else if (key == "optional") {
        each.is_optional = member.is_true();
      }
    }
    package.scope = is_dev ? Scope::dev : each.is_optional ? Scope::optional : Scope::runtime;
    locate(package);
    each.id = list_.add(package);
  }

  void
  locate(Package& package)
  {
    locate_nested(package);
    if (package.source == Source::path && !is_archive(package.location)) {
      describe_member(package);
    }
    if (package.version.empty() && package.part == Part::third_party) {
      not_locked(list_, package.line, package.name, "Make the lockfile anew with npm install");
    }
  }

  /// A directory: "file:packages/a".
  void
  describe_member(Package& package)
  {
    package.part = Part::member;
    package.version = {};
    std::string_view directory = package.location;
    directory.remove_prefix(directory.starts_with("file:") ? 5 : 0);
    if (const auto manifest = read_node_manifest(file_.around, fmt::format("{}/package.json", directory), list_)) {
      package.name = manifest->name.empty() ? package.name : manifest->name;
      package.version = manifest->version;
    }
  }

  static const Installed*
  find(const Installed* from, std::string_view name)
  {
    for (; from != nullptr; from = from->above) {
      if (const auto found = from->below.find(name); found != from->below.end()) {
        return found->second;
      }
    }
    return nullptr;
  }

  void
  add_needs(const Installed& each)
  {
    for (const Value needed : each.requires_table) {
      if (const Installed* found = find(&each, needed.key())) {
        required_.insert(found);
        // What is optional is said of the one that is needed: every way to it has an optional need.
        list_.need(each.id, found->id, found->is_optional ? Scope::optional : Scope::runtime, needed.text());
      } else if (!list_.at(each.id).may_lack_integrity && !each.is_optional && !is_own_range(needed.text())) {
        // An archive brings along what it bundles, and of what is optional npm leaves out what does not fit.
        missing_.add(needed.key(), needed.line());
      }
    }
  }

  void
  add_root_needs(const NodeManifest& manifest)
  {
    for (const ManifestNeed& need : manifest.needs) {
      if (const Installed* found = find(&top_, need.name)) {
        list_.need(top_.id, found->id, need.scope, need.range);
      } else if (is_locked_by_npm(need)) {
        missing_.add(need.name, 0);
      }
    }
  }

  void
  guess_root_needs()
  {
    for (const auto& [name, each] : top_.below) {
      if (!required_.contains(each)) {
        list_.need(top_.id, each->id, list_.at(each->id).scope);
      }
    }
  }

  const LockText& file_;
  PackageList& list_;
  Installed top_;
  std::deque<Installed> installed_;
  std::unordered_set<const Installed*> required_;
  Missing missing_;
};

}  // namespace

void
add_of_nested_npm(Value dependencies, PackageList& list)
{
  if (dependencies && !list.is_refused() && has_shape(dependencies, Data::Kind::table, list)) {
    NestedRest(list).add(dependencies);
  }
}

void
read_nested_npm(Value root, const LockText& file, PackageList& list)
{
  if (const Value dependencies = root["dependencies"]; dependencies && !dependencies.is_table()) {
    list.refuse(GapKind::unparsable, dependencies.line(), "\"dependencies\" is not an object");
    return;
  }
  NestedTree(file, list).read(root);
}

}  // namespace sluice::deps
