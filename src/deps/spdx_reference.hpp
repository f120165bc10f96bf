// SPDX-License-Identifier: Apache-2.0
//
// The external references of SPDX that name a package of a registry (SPDX 2.3, annex F "External repository
// identifiers"): package URLs, and the older ones that have a type for each registry.
#pragma once

#include <string>
#include <string_view>

namespace sluice::deps {

/// The package URL that a reference stands for: "npm" and "http-server@0.3.0" are "pkg:npm/http-server@0.3.0". `type`
/// may be the URI that the specification gives a type. Empty if it names no package.
[[nodiscard]] std::string purl_of_spdx_reference(std::string_view type, std::string_view locator);

}  // namespace sluice::deps
