// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/package.hpp"

#include <string>

namespace sluice::deps {

/// The package URL (purl specification 1.0) of a package, "pkg:npm/%40scope/name@1.0.0"; of an ecosystem without a type
/// "pkg:generic/…".
[[nodiscard]] std::string purl_of(const Package& package);

/// "name 1.0.0", "name without a version".
[[nodiscard]] std::string shown_name(const Package& package);

/// The name as the registry compares it.
[[nodiscard]] std::string name_to_compare(const Package& package);

/// The same for all that is one package of its registry, whatever its version.
[[nodiscard]] std::string name_key(const Package& package);

}  // namespace sluice::deps
