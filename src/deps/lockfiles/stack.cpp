// SPDX-License-Identifier: Apache-2.0
//
// stack.yaml.lock (docs.haskellstack.org, "Lock files"). It locks what the project adds to a snapshot; the snapshot's
// own packages are named nowhere in the repository.
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/haskell_project.hpp"
#include "deps/lockfile.hpp"
#include "deps/reading.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::deps {

namespace {

/// "name-1.2.3@sha256:…,123" to name and 1.2.3: a version is all digits and dots, and a name's last part never is.
Package
hackage_package(std::string_view text)
{
  const std::size_t at = text.find('@');
  const std::string_view id = text.substr(0, at);
  const std::size_t dash = id.rfind('-');
  Package package;
  package.name = id.substr(0, dash);
  if (dash != std::string_view::npos) {
    package.version = id.substr(dash + 1);
  }
  package.integrity = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  return package;
}

void
add(const Value& entry, const std::set<std::string, std::less<>>& named, PackageList& list)
{
  const Value completed = entry["completed"];
  const Value hackage = completed["hackage"];
  Package package = hackage ? hackage_package(hackage.text()) : Package();
  package.ecosystem = "Hackage";
  package.line = hackage ? hackage.line() : completed["name"].line();
  if (!hackage) {
    package.name = completed["name"].text();
    package.version = completed["version"].scalar();
    package.source = completed["git"] ? Source::git : Source::url;
    package.location = completed["git"] ? completed["git"].text() : completed["url"].text();
  }
  package.is_direct = named.contains(package.name);
  if (package.name.empty() || package.version.empty()) {
    list.gap(GapKind::unparsable, entry.line(), "a package has no name or version");
    return;
  }
  list.add(package);
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = yaml_document(file, list);
  if (!root) {
    return;
  }
  if (!root["packages"].is_list() || !root["snapshots"].is_list()) {
    list.refuse(GapKind::unknown_format, 1, "it has no `packages` and `snapshots`");
    return;
  }
  const auto named = words_of_haskell_project(file);
  for (const Value entry : root["packages"]) {
    add(entry, named, list);
  }
}

constexpr std::array<std::string_view, 1> paths{"stack.yaml.lock"};

}  // namespace

extern const Lockfile lockfile_stack{.id = "stack",
                                     .title = "stack.yaml.lock",
                                     .purpose = Purpose::install,
                                     .hashed = Hashed::some,
                                     .weak_hash = WeakHash::as_good_as_it_gets,
                                     .manifest = ManifestKind::not_searched,
                                     .installer = Installer::other,
                                     .paths = paths,
                                     .read = read,
                                     // Hackage revises what describes a version.
                                     .fixed_content = FixedContent::nothing};

}  // namespace sluice::deps
