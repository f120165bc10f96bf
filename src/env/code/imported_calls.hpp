// SPDX-License-Identifier: Apache-2.0
//
// Calls of functions that are in other files, with a name as an argument: `env("PORT")` of `import { env } from
// "./env"`. Which of them read is known once all files are (`repository_files.cpp`).
#pragma once

#include "env/code/tokens.hpp"
#include "env/language.hpp"

#include <span>

namespace sluice::env::code {

/// `import { f as g } from "MODULE"`, `const { f } = require("MODULE")`.
void look_for_javascript_calls(std::span<const Token> tokens, Sightings& seen);

/// `from MODULE import f as g`.
void look_for_python_calls(std::span<const Token> tokens, Sightings& seen);

/// `f("X")` of a function of the same package, `PACKAGE.f("X")`.
void look_for_go_calls(std::span<const Token> tokens, Sightings& seen);

}  // namespace sluice::env::code
