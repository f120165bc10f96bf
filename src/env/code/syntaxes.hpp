// SPDX-License-Identifier: Apache-2.0
//
// What texts of languages look like that more than one reader has: the language itself, and the formats of schemas that
// are written in it.
#pragma once

#include "env/code/lexer.hpp"

#include <string_view>

namespace sluice::env::code {

extern const Syntax python_syntax;
extern const Syntax go_syntax;

/// Of a program in JavaScript or TypeScript, or of the code of a page (.vue, .svelte, .astro, .mdx): the path says
/// which.
[[nodiscard]] Tokens javascript_tokens(std::string_view path, std::string_view text);

}  // namespace sluice::env::code
