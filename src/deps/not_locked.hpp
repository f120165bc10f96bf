// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.hpp"
#include "deps/package.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace sluice::deps {

/// Tells of a package that is named without a version. `fix`: how its tool locks it, in the imperative.
inline void
not_locked(PackageList& list, std::uint32_t line, std::string_view name, std::string fix)
{
  list.gap(GapKind::unjudged, line, printable(name) + " is not locked to a version", std::move(fix));
}

}  // namespace sluice::deps
