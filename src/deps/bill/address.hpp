// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/package.hpp"

#include <string>

namespace sluice::deps {

/// Where a package is fetched from, as a URI whatever the lockfile holds: what no URI may have is percent-encoded, and
/// "git@host:path" is ssh's. Empty if it is none, or lies in the project itself.
[[nodiscard]] std::string fetch_uri(const Package& package);

}  // namespace sluice::deps
