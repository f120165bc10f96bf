// SPDX-License-Identifier: Apache-2.0
#include "deps/scheme.hpp"
#include "deps/semver.hpp"

#include <limits>

namespace sluice::deps {

// The crate `semver`, which Cargo uses: strict, and the numbers fit in 64 bits. Ranges and advisories go by precedence
// (`cmp_precedence`): build metadata do not count.
extern const Scheme scheme_cargo{.id = "cargo", .compare = [](std::string_view a, std::string_view b) {
                                   return compare_semver(a, b,
                                                         {.max_number = std::numeric_limits<std::uint64_t>::max()});
                                 }};

}  // namespace sluice::deps
