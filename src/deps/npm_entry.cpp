// SPDX-License-Identifier: Apache-2.0
#include "deps/npm_entry.hpp"

#include <algorithm>

namespace sluice::deps {

namespace {

/// Longer than any that is installed; a search for what a package needs takes a step for each of its directories.
constexpr std::size_t longest_path = 2048;
constexpr std::ptrdiff_t most_levels = 100;

}  // namespace

bool
is_npm_path(std::string_view path)
{
  if (path.size() > longest_path || std::count(path.begin(), path.end(), '/') > most_levels) {
    return false;
  }
  // Only members outside of the project begin with "..".
  bool is_above = true;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    is_above = is_above && part == "..";
    if (part.empty() || part == "." || (part == ".." && !is_above) || part.find('\\') != std::string_view::npos
        || slash == path.size() - 1) {
      return false;
    }
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  }
  return true;
}

std::string_view
name_in_npm_path(std::string_view path)
{
  const std::size_t at = path.rfind(npm_modules);
  return at == std::string_view::npos ? std::string_view() : path.substr(at + npm_modules.size());
}

bool
is_npm_table(std::string_view key)
{
  return key == "peerDependenciesMeta" || (key.ends_with("ependencies") && !key.starts_with("bundle"));
}

void
pick(Value member, NpmEntry& entry, Package& package)
{
  const std::string_view key = member.key();
  if (key == "version") {
    package.version = member.text();
  } else if (key == "resolved") {
    entry.resolved = member.text();
  } else if (key == "integrity") {
    package.integrity = member.text();
  } else if (key == "dependencies") {
    entry.dependencies = member;
  } else if (key == "dev") {
    entry.is_dev = member.is_true();
  } else if (key == "optional" || key == "devOptional") {
    entry.is_optional = entry.is_optional || member.is_true();
  } else if (key == "peer") {
    entry.is_peer = member.is_true();
  } else if (key == "peerDependencies") {
    entry.peers = member;
  } else if (key == "peerDependenciesMeta") {
    entry.peers_meta = member;
  } else if (key == "optionalDependencies") {
    entry.optional = member;
  } else if (key == "devDependencies") {
    entry.dev = member;
  } else if (key == "name") {
    package.name = member.text();
  } else if (key == "link") {
    entry.is_link = member.is_true();
  } else if (key == "hasInstallScript") {
    package.has_install_script = member.is_true();
  } else if (key == "extraneous") {
    entry.is_extraneous = member.is_true();
  } else if (key == "bundleDependencies" || key == "bundledDependencies") {
    entry.bundled = member;
  } else if (key == "inBundle") {
    // It lies in the archive of who bundles it.
    package.may_lack_integrity = member.is_true();
  }
}

}  // namespace sluice::deps
