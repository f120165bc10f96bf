// SPDX-License-Identifier: Apache-2.0
//
// What the lockfiles of npm, Yarn, pnpm, Bun and Deno have in common: how they name packages and where these are from.
#pragma once

#include "data/data.hpp"
#include "deps/package.hpp"

#include <optional>
#include <string_view>

namespace sluice::deps {

inline constexpr std::string_view npm_ecosystem = "npm";

/// Two parts of a text.
struct NameAndRest
{
  std::string_view name, rest;
};

/// "@scope/name@rest" at the first @ that is not a scope's; `rest` is empty if there is none.
[[nodiscard]] NameAndRest split_at_version(std::string_view text);

/// "npm:chalk@4.1.0" asks for chalk under another name. Nothing of a text that names no package ("npm:^4.0.0").
[[nodiscard]] std::optional<NameAndRest> alias_in(std::string_view range);

/// Where an address leads that is no version: a URL, "github:owner/name#commit", "file:../lib".
[[nodiscard]] Source source_of_address(std::string_view address);

/// Whether a path or URL is that of a packed package and not of a directory.
[[nodiscard]] bool is_archive(std::string_view address);

/// The commit of a git address, or what stands there for it; empty if it names none.
[[nodiscard]] std::string_view commit_in(std::string_view address);

/// The package that a registry serves at an address: "chalk" of "https://…/chalk/-/chalk-4.1.0.tgz", "@s/a" of
/// "https://…/@s/a/-/a-1.0.0.tgz". Empty if it does not look like one of a registry.
[[nodiscard]] std::string_view name_in_registry_url(std::string_view url);

/// The version that such an address ends in: "1.0.0" of "https://…/@s/a/-/a-1.0.0.tgz". Empty if there is none.
[[nodiscard]] std::string_view version_in_registry_url(std::string_view url);

/// Whether the text is a version and not a range: 1.2.3, perhaps with a suffix.
[[nodiscard]] bool is_exact_version(std::string_view range);

/// Whether a lockfile says of any package where it is from or what its hash is, as npm and Bun do. One that says so of
/// none was put together by something else: that it has all that is needed is nobody's promise.
[[nodiscard]] bool tells_origins(const PackageList& list);

}  // namespace sluice::deps
