// SPDX-License-Identifier: Apache-2.0
#include "deps/scheme.hpp"
#include "deps/semver.hpp"

namespace sluice::deps {

// Elixir's module `Version`, which Hex uses: strict Semantic Versioning 2.0.0, numbers of any length.
extern const Scheme scheme_hex{
    .id = "hex", .compare = [](std::string_view a, std::string_view b) { return compare_semver(a, b, {}); }};

}  // namespace sluice::deps
