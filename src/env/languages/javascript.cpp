// SPDX-License-Identifier: Apache-2.0
//
// JavaScript and TypeScript, and the code of pages.
#include "env/code/javascript.hpp"

#include "env/code/children.hpp"
#include "env/code/imported_calls.hpp"

#include <array>

namespace sluice::env {

namespace {

constexpr auto programs =
    std::to_array<std::string_view>({".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"});
constexpr auto of_markup = std::to_array<std::string_view>({".js", ".mjs", ".cjs", ".jsx", ".tsx"});
constexpr auto pages = std::to_array<std::string_view>({".svelte", ".astro", ".vue", ".mdx"});
constexpr auto words = std::to_array<std::string_view>({"env", "Env", "ConfigService"});
constexpr auto interpreters =
    std::to_array<std::string_view>({"node", "nodejs", "bun", "deno", "tsx", "ts-node", "zx"});

constexpr std::array<std::string_view, 1> lines{"//"};
constexpr std::array<code::Delimiters, 1> blocks{{{"/*", "*/"}}};
constexpr std::array<code::Quote, 3> quotes{
    {{"`", "`", code::Quote::Lines::many, code::Quote::Escape::backslash, "${"}, {"\"", "\""}, {"'", "'"}}};
constexpr code::Syntax types{.line_comments = lines,
                             .block_comments = blocks,
                             .quotes = quotes,
                             .name_marks = "_$",
                             .regex = code::Syntax::Regex::yes};
constexpr code::Syntax markup{.line_comments = lines,
                              .block_comments = blocks,
                              .quotes = quotes,
                              .name_marks = "_$",
                              .regex = code::Syntax::Regex::yes,
                              .markup = code::Syntax::Markup::yes};

bool
has(std::string_view path)
{
  return (has_extension(path, programs) && !path.ends_with(".d.ts")) || has_extension(path, pages);
}

code::Tokens
tokens_of(const gate::SourceText& source)
{
  const std::string& path = source.path();
  if (!has_extension(path, pages)) {
    return code::tokens_of(source.text(), has_extension(path, of_markup) ? markup : types);
  }
  using code::Page;
  return code::tokens_of_page(
      source.text(), path.ends_with(".astro") || path.ends_with(".mdx") ? markup : types,
      {.braces = path.ends_with(".vue") ? Page::Braces::text : Page::Braces::code,
       .front_matter = path.ends_with(".astro") ? Page::FrontMatter::code : Page::FrontMatter::text,
       .prose = path.ends_with(".mdx") ? Page::Prose::markdown : Page::Prose::html});
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  const code::Tokens tokens = tokens_of(source);
  code::look_for_javascript(tokens.all, seen);
  code::look_for_javascript_gives(tokens.all, seen);
  code::look_for_javascript_loads(tokens.all, seen);
  code::look_for_javascript_calls(tokens.all, seen);
  code::look_for_javascript_children(tokens.all, seen);
  code::tell_fault(tokens, seen);
}

}  // namespace

extern const Language language_javascript{.id = "javascript",
                                          .title = "JavaScript and TypeScript",
                                          .has = has,
                                          .words = words,
                                          .look = look,
                                          .interpreters = interpreters};

}  // namespace sluice::env
