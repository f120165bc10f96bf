// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.hpp"
#include "deps/package.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace sluice::deps {

/// Why it is a gap that a package is named without a version.
[[nodiscard]] inline std::string
not_locked_why(std::string_view name)
{
  return printable(name) + " is not locked to a version";
}

/// Tells of a package that is named without a version. `fix`: how its tool locks it, in the imperative.
inline void
not_locked(PackageList& list, std::uint32_t line, std::string_view name, std::string fix)
{
  list.gap(GapKind::unjudged, line, not_locked_why(name), std::move(fix));
}

/// Tells that a lockfile holds nothing at all while the manifest asks for a package. `fix` as above.
inline void
locks_nothing(PackageList& list, std::string_view manifest, std::string_view name, std::string fix)
{
  list.gap(GapKind::unjudged, 0, "it locks nothing, and " + std::string(manifest) + " asks for " + printable(name),
           std::move(fix));
}

}  // namespace sluice::deps
