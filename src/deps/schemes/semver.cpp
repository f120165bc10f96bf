// SPDX-License-Identifier: Apache-2.0
#include "deps/semver.hpp"

#include "deps/scheme.hpp"

namespace sluice::deps {

// Strict Semantic Versioning 2.0.0.
extern const Scheme scheme_semver{
    .id = "semver", .compare = [](std::string_view a, std::string_view b) { return compare_semver(a, b, {}); }};

}  // namespace sluice::deps
