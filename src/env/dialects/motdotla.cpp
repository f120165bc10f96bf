// SPDX-License-Identifier: Apache-2.0
//
// dotenv of npm, 18.0.10: lib/main.js, parse(). No references; `\n` and `\r` are line ends between double quotes, and
// also where the value only begins with one.
#include "env/dialect.hpp"
#include "env/javascript_values.hpp"

namespace sluice::env {

extern const Dialect dialect_motdotla;

const Dialect dialect_motdotla{.id = "motdotla", .title = "dotenv for Node.js", .read = read_with_javascript_lines};

}  // namespace sluice::env
