// SPDX-License-Identifier: Apache-2.0
#include "deps/scheme.hpp"
#include "deps/semver.hpp"

namespace sluice::deps {

// node-semver, strict: blanks around and one leading "v" or "=" are taken off (semver 7, `parse`), at most 256
// characters, and no number above 2^53 - 1.
extern const Scheme scheme_npm{.id = "npm", .compare = [](std::string_view a, std::string_view b) {
                                 return compare_semver(a, b, {.prefix = "v=", .max_number = 9007199254740991U});
                               }};

}  // namespace sluice::deps
