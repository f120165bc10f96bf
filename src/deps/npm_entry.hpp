// SPDX-License-Identifier: Apache-2.0
//
// What "packages" of a package-lock.json has under each path.
#pragma once

#include "data/data.hpp"
#include "deps/package.hpp"

#include <string_view>

namespace sluice::deps {

inline constexpr std::string_view npm_modules = "node_modules/";

/// An entry of "packages", its members picked in one walk.
struct NpmEntry
{
  std::string_view path;
  PackageId id = 0;
  bool is_link = false;
  bool is_dev = false, is_optional = false, is_peer = false;
  bool is_extraneous = false;  ///< nothing asks for it any more
  std::string_view resolved;
  Value dependencies, dev, optional, peers, peers_meta, bundled;
};

/// Whether npm writes such a path: it takes "node_modules/x/../a" for node_modules/a, and so whatever is written for
/// it.
[[nodiscard]] bool is_npm_path(std::string_view path);

/// The name of what is installed there: "node_modules/a/node_modules/@s/b" is @s/b. Empty of a member's directory.
[[nodiscard]] std::string_view name_in_npm_path(std::string_view path);

/// Whether a member of an entry is a table of needs, or of what is said about them.
[[nodiscard]] bool is_npm_table(std::string_view key);

/// Takes a member of an entry to where it belongs.
void pick(Value member, NpmEntry& entry, Package& package);

}  // namespace sluice::deps
