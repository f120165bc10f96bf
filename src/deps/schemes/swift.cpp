// SPDX-License-Identifier: Apache-2.0
#include "deps/scheme.hpp"
#include "deps/semver.hpp"

#include <limits>

namespace sluice::deps {

// Swift Package Manager reads versions from git tags: a leading "v" is taken off, and a missing patch number is zero
// (`Version(tag:)`, `usesLenientParsing`). The numbers are of type Int.
extern const Scheme scheme_swift{.id = "swift", .compare = [](std::string_view a, std::string_view b) {
                                   return compare_semver(a, b,
                                                         {.prefix = "v",
                                                          .max_number = std::numeric_limits<std::int64_t>::max(),
                                                          .least_numbers = 2,
                                                          .shorter = Short::anything});
                                 }};

}  // namespace sluice::deps
