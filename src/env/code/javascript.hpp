// SPDX-License-Identifier: Apache-2.0
//
// What a program in JavaScript or TypeScript reads. Beside calls there are objects that hold the environment
// (process.env, import.meta.env, Bun.env), names for them (`const env = process.env`), and patterns that take them
// apart
// (`const { PORT = "80", ...rest } = process.env`).
#pragma once

#include "env/code/reads.hpp"

#include <set>
#include <string_view>

namespace sluice::env::code {

/// Names that a file has for what holds the environment.
struct JavascriptNames
{
  std::set<std::string_view> environments;          ///< whose members are the variables
  std::set<std::string_view> processes{"process"};  ///< whose member `env` is such a one
  std::set<std::string_view> getters;               ///< of frameworks, whose `get("X")` reads
  bool has_config_service = false;                  ///< of NestJS
};

/// By imports, assignments and patterns. What imports alone read (`import { X } from "$env/static/private"`) is told.
[[nodiscard]] JavascriptNames javascript_names(std::span<const Token> tokens, Sightings& seen);

/// The place behind an object at `at` that holds the environment; nothing if there is none.
[[nodiscard]] std::optional<std::size_t> environment_at(std::span<const Token> tokens, std::size_t at,
                                                        const JavascriptNames& names);

/// Tells what is read.
void look_for_javascript(std::span<const Token> tokens, Sightings& seen);

/// Tells what a bundler's configuration gives.
void look_for_javascript_gives(std::span<const Token> tokens, Sightings& seen);

/// Tells which dotenv files dotenv, dotenvx and Node are told to load.
void look_for_javascript_loads(std::span<const Token> tokens, Sightings& seen);

}  // namespace sluice::env::code
