// SPDX-License-Identifier: Apache-2.0
//
// JavaScript and TypeScript, and the code of pages.
#include "env/code/javascript.hpp"

#include "env/code/children.hpp"
#include "env/code/imported_calls.hpp"
#include "env/code/syntaxes.hpp"

#include <array>

namespace sluice::env {

namespace {

constexpr auto programs =
    std::to_array<std::string_view>({".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"});
constexpr auto pages = std::to_array<std::string_view>({".svelte", ".astro", ".vue", ".mdx"});
constexpr auto words = std::to_array<std::string_view>({"env", "Env", "ConfigService"});
constexpr auto interpreters =
    std::to_array<std::string_view>({"node", "nodejs", "bun", "deno", "tsx", "ts-node", "zx"});

bool
has(std::string_view path)
{
  return (has_extension(path, programs) && !path.ends_with(".d.ts")) || has_extension(path, pages);
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  const code::Tokens tokens = code::javascript_tokens(source.path(), source.text());
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
