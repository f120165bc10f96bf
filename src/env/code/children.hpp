// SPDX-License-Identifier: Apache-2.0
//
// What a program gives to those that it starts: a copy of its environment with keys of its own, or a table of them in
// the call that starts one.
#pragma once

#include "env/code/tokens.hpp"
#include "env/language.hpp"

#include <span>

namespace sluice::env::code {

/// `{ ...process.env, X: "1" }`, `spawn(…, { env: { X: "1" } })`.
void look_for_javascript_children(std::span<const Token> tokens, Sightings& seen);

/// `env = os.environ.copy()` with `env["X"] = …`, `{**os.environ, "X": …}`, `subprocess.run(…, env={"X": …})`.
void look_for_python_children(std::span<const Token> tokens, Sightings& seen);

/// `append(os.Environ(), "X=1")`.
void look_for_go_children(std::span<const Token> tokens, Sightings& seen);

}  // namespace sluice::env::code
