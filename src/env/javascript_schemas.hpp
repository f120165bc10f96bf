// SPDX-License-Identifier: Apache-2.0
//
// Where a program in JavaScript or TypeScript says what its environment must hold, in whatever library's words.
#pragma once

#include "env/code/expressions.hpp"
#include "env/schema_reading.hpp"

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace sluice::env {

inline constexpr std::array<std::string_view, 9> javascript_extensions{".ts",  ".js",  ".mjs", ".cjs", ".mts",
                                                                       ".cts", ".tsx", ".jsx", ".vue"};

/// The members of each `object({…})` that one of these names has (`z.object`, `Joi.object`), if it is the environment
/// that is judged by it: `parse(process.env)` and its like, Nest's `validationSchema`, or a file that is named after
/// the environment and has nothing but names of variables in it.
[[nodiscard]] std::vector<std::vector<code::Member>> environment_objects(code::TokenSpan tokens, std::string_view path,
                                                                         std::span<const std::string_view> libraries);

/// What an option of a call is, if it is written there: `{default: 3000}`.
[[nodiscard]] code::TokenSpan option_of_call(code::TokenSpan arguments, std::string_view name);

/// Texts and numbers of a list literal, a line for each.
[[nodiscard]] std::string listed_values(code::TokenSpan list);

}  // namespace sluice::env
