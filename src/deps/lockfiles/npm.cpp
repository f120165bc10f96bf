// SPDX-License-Identifier: Apache-2.0
//
// npm's package-lock.json and npm-shrinkwrap.json (docs.npmjs.com, "package-lock.json"). Versions 2 and 3 list every
// directory of the installed tree under "packages", by its path; version 1 nests "dependencies" as the tree is nested.
// In both a package finds what it needs as Node.js does: in the node_modules of its own directory, then of each
// directory above it.
#include "base/text.hpp"
#include "deps/data.hpp"
#include "deps/lockfile.hpp"

#include <fmt/format.h>

#include <array>
#include <unordered_map>

namespace sluice::deps {

namespace {

constexpr std::string_view modules = "node_modules/";

/// "node_modules/a/node_modules/@s/b" is the package @s/b; a path without node_modules is a member's directory.
std::string_view
name_in(std::string_view path)
{
  const std::size_t at = path.rfind(modules);
  return at == std::string_view::npos ? std::string_view() : path.substr(at + modules.size());
}

Source
source_of(std::string_view resolved)
{
  if (resolved.starts_with("git") || resolved.starts_with("github:")) {
    return Source::git;
  }
  if (resolved.starts_with("file:")) {
    return Source::path;
  }
  return Source::registry;
}

/// Whether a URL is one from which a registry serves packages: …/name/-/name-1.0.0.tgz.
bool
is_registry_url(std::string_view resolved)
{
  return resolved.empty() || resolved.find("/-/") != std::string_view::npos
         || resolved.starts_with("https://npm.pkg.github.com/download/");
}

Scope
flagged_scope(Value entry)
{
  if (entry["dev"].is_true()) {
    return Scope::dev;
  }
  if (entry["optional"].is_true() || entry["devOptional"].is_true()) {
    return Scope::optional;
  }
  return entry["peer"].is_true() ? Scope::peer : Scope::runtime;
}

/// What the entry says beside its name.
Package
described(Value entry)
{
  Package package;
  package.ecosystem = "npm";
  package.line = entry.line();
  package.version = entry["version"].text();
  package.location = entry["resolved"].text();
  package.integrity = entry["integrity"].text();
  package.licence = entry["license"].text();
  package.scope = flagged_scope(entry);
  package.has_install_script = entry["hasInstallScript"].is_true();
  package.source = source_of(package.location);
  if (package.source == Source::registry && !is_registry_url(package.location)) {
    package.source = Source::url;
  }
  return package;
}

/// Versions 2 and 3.
class Tree
{
public:
  Tree(Value packages, PackageList& list)
      : list_(list)
  {
    for (const Value entry : packages) {
      if (!entry["link"].is_true()) {
        add(entry);
      }
    }
    for (const Value entry : packages) {
      if (entry["link"].is_true()) {
        const auto target = by_path_.find(entry["resolved"].text());
        if (target != by_path_.end()) {
          by_path_.emplace(entry.key(), target->second);
        }
      }
    }
    for (const Value entry : packages) {
      if (!entry["link"].is_true()) {
        add_needs(entry);
      }
    }
  }

private:
  void
  add(Value entry)
  {
    const std::string_view path = entry.key();
    Package package = described(entry);
    const std::string_view name = name_in(path);
    // An alias is installed under its own name and says whose package it is.
    package.name = entry["name"].is_text() ? entry["name"].text() : name;
    if (path.empty()) {
      package.part = Part::root;
    } else if (name.empty()) {
      package.part = Part::member;
      package.source = Source::path;
      package.name = package.name.empty() ? path.substr(path.rfind('/') + 1) : package.name;
    } else if (package.version.empty()) {
      list_.gap(GapKind::unparsable, package.line, fmt::format("{} has no version", printable(package.name)),
                "Make the lockfile anew with npm install");
    }
    by_path_.emplace(path, list_.add(package));
  }

  void
  add_needs(Value entry)
  {
    const PackageId from = by_path_.at(entry.key());
    const bool is_own = list_.at(from).part != Part::third_party;
    const Value optional_peers = entry["peerDependenciesMeta"];
    for (const Value needed : entry["optionalDependencies"]) {
      add_need(from, entry.key(), needed, Scope::optional);
    }
    for (const Value needed : entry["peerDependencies"]) {
      const bool is_optional = optional_peers[needed.key()]["optional"].is_true();
      add_need(from, entry.key(), needed, is_optional ? Scope::optional : Scope::peer);
    }
    for (const Value needed : entry["dependencies"]) {
      // npm writes an optional one into both.
      if (!entry["optionalDependencies"][needed.key()]) {
        add_need(from, entry.key(), needed, Scope::runtime);
      }
    }
    if (is_own) {
      for (const Value needed : entry["devDependencies"]) {
        add_need(from, entry.key(), needed, Scope::dev);
      }
    }
  }

  void
  add_need(PackageId from, std::string_view path, Value needed, Scope scope)
  {
    for (std::string_view directory = path;;) {
      std::string candidate(directory);
      candidate.append(directory.empty() ? "" : "/").append(modules).append(needed.key());
      if (const auto found = by_path_.find(candidate); found != by_path_.end()) {
        list_.need(from, found->second, scope, needed.text());
        return;
      }
      if (directory.empty()) {
        return;
      }
      const std::size_t slash = directory.rfind('/');
      directory = directory.substr(0, slash == std::string_view::npos ? 0 : slash);
    }
  }

  PackageList& list_;
  std::unordered_map<std::string_view, PackageId> by_path_;
};

void
read(const LockText& file, PackageList& list)
{
  auto data = read_json_data(file.text);
  if (!data) {
    list.refuse(GapKind::unparsable, data.error().line, std::move(data.error().what));
    return;
  }
  const Value root = data->root();
  const std::string_view version = root["lockfileVersion"].scalar();
  if (version == "2" || version == "3") {
    Tree(root["packages"], list);
  } else {
    list.refuse(GapKind::unknown_format, root["lockfileVersion"].line(),
                fmt::format("lockfile version {} is not known", printable(version)));
  }
  list.keep(std::make_shared<const Data>(*std::move(data)));
}

std::string_view
shadowed_by(std::string_view path)
{
  return path.ends_with("package-lock.json") ? "npm-shrinkwrap.json" : "";
}

constexpr std::array<std::string_view, 2> paths{"package-lock.json", "npm-shrinkwrap.json"};

}  // namespace

extern const Lockfile lockfile_npm{.id = "npm",
                                   .title = "npm package-lock.json",
                                   .paths = paths,
                                   .shadowed_by = shadowed_by,
                                   .read = read,
                                   .upgrade = {"npm install {name}@{version}", "npm update {name}"}};

}  // namespace sluice::deps
