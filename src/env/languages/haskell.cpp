// SPDX-License-Identifier: Apache-2.0
#include "env/code/reads.hpp"

#include <array>

namespace sluice::env {

namespace {

using code::Getter;

constexpr auto extensions = std::to_array<std::string_view>({".hs"});
constexpr auto words = std::to_array<std::string_view>({"getEnv", "lookupEnv"});

constexpr auto lines = std::to_array<std::string_view>({"--"});
constexpr auto blocks = std::to_array<code::Delimiters>({{"{-", "-}"}});
constexpr auto quotes = std::to_array<code::Quote>({{"'\"'", ""}, {"\"", "\""}});
constexpr code::Syntax syntax{.line_comments = lines,
                              .block_comments = blocks,
                              .quotes = quotes,
                              .name_marks = "_'",
                              .nesting = code::Syntax::Comments::nested,
                              .unclosed = code::Syntax::Unclosed::tolerated};

constexpr auto getters = std::to_array<Getter>({{.front = "lookupEnv"},
                                                {.front = "getEnvironment", .count = Getter::Count::all},
                                                {.front = "getEnv", .unset = Unset::fails}});

bool
has(std::string_view path)
{
  return has_extension(path, extensions);
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  code::look_for(source, syntax, getters, seen);
}

}  // namespace

extern const Language language_haskell{.id = "haskell", .title = "Haskell", .has = has, .words = words, .look = look};

}  // namespace sluice::env
