// SPDX-License-Identifier: Apache-2.0
//
// What Deno imports: "npm:chalk@4.1.0/sub", "jsr:@std/path@^1.0.0", "https://deno.land/std@0.200.0/path/mod.ts".
#pragma once

#include "deps/package.hpp"

#include <optional>
#include <string_view>

namespace sluice::deps {

/// Neither is one of OSV's: there are no advisories for them, and a report says so.
inline constexpr std::string_view jsr_ecosystem = "JSR";
inline constexpr std::string_view deno_url_ecosystem = "Deno";

struct DenoSpecifier
{
  std::string_view ecosystem;
  std::string_view name;   ///< of a URL without a version the URL
  std::string_view range;  ///< a version, a range, or empty
  Source source = Source::registry;
};

/// Nothing of what is no third-party code: a path, "node:fs", a bare name. A URL of a site that serves npm's packages
/// (esm.sh, unpkg.com, cdn.jsdelivr.net/npm, cdn.skypack.dev) is one of npm's.
[[nodiscard]] std::optional<DenoSpecifier> parse_deno_specifier(std::string_view specifier);

}  // namespace sluice::deps
