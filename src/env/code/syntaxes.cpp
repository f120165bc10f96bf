// SPDX-License-Identifier: Apache-2.0
#include "env/code/syntaxes.hpp"

#include "env/language.hpp"

#include <array>

namespace sluice::env::code {

namespace {

constexpr std::array<std::string_view, 1> slashes{"//"};
constexpr std::array<std::string_view, 1> hashes{"#"};
constexpr std::array<Delimiters, 1> c_blocks{{{"/*", "*/"}}};
constexpr auto python_quotes = std::to_array<Quote>(
    {{"\"\"\"", "\"\"\"", Quote::Lines::many}, {"'''", "'''", Quote::Lines::many}, {"\"", "\""}, {"'", "'"}});
constexpr auto go_quotes =
    std::to_array<Quote>({{"`", "`", Quote::Lines::many, Quote::Escape::none}, {"\"", "\""}, {"'", "'"}});
constexpr std::array<Quote, 3> javascript_quotes{
    {{"`", "`", Quote::Lines::many, Quote::Escape::backslash, "${"}, {"\"", "\""}, {"'", "'"}}};

constexpr Syntax javascript{.line_comments = slashes,
                            .block_comments = c_blocks,
                            .quotes = javascript_quotes,
                            .name_marks = "_$",
                            .regex = Syntax::Regex::yes};
constexpr Syntax javascript_with_markup{.line_comments = slashes,
                                        .block_comments = c_blocks,
                                        .quotes = javascript_quotes,
                                        .name_marks = "_$",
                                        .regex = Syntax::Regex::yes,
                                        .markup = Syntax::Markup::yes};

constexpr auto of_markup = std::to_array<std::string_view>({".js", ".mjs", ".cjs", ".jsx", ".tsx"});
constexpr auto pages = std::to_array<std::string_view>({".svelte", ".astro", ".vue", ".mdx"});

}  // namespace

const Syntax python_syntax{.line_comments = hashes, .quotes = python_quotes, .prefixes = {"rRbBuUfFtT", "fFtT", "{"}};
const Syntax go_syntax{.line_comments = slashes, .block_comments = c_blocks, .quotes = go_quotes};

Tokens
javascript_tokens(std::string_view path, std::string_view text)
{
  if (!has_extension(path, pages)) {
    return tokens_of(text, has_extension(path, of_markup) ? javascript_with_markup : javascript);
  }
  return tokens_of_page(text, path.ends_with(".astro") || path.ends_with(".mdx") ? javascript_with_markup : javascript,
                        {.braces = path.ends_with(".vue") ? Page::Braces::text : Page::Braces::code,
                         .front_matter = path.ends_with(".astro") ? Page::FrontMatter::code : Page::FrontMatter::text,
                         .prose = path.ends_with(".mdx") ? Page::Prose::markdown : Page::Prose::html});
}

}  // namespace sluice::env::code
