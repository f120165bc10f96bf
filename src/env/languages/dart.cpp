// SPDX-License-Identifier: Apache-2.0
#include "env/code/reads.hpp"

#include <array>

namespace sluice::env {

namespace {

using code::Getter;

constexpr auto extensions = std::to_array<std::string_view>({".dart"});
constexpr auto words = std::to_array<std::string_view>({"nvironment", "dotenv"});

constexpr auto lines = std::to_array<std::string_view>({"//"});
constexpr auto blocks = std::to_array<code::Delimiters>({{"/*", "*/"}});
constexpr auto quotes =
    std::to_array<code::Quote>({{"\"\"\"", "\"\"\"", code::Quote::Lines::many, code::Quote::Escape::backslash, "${"},
                                {"'''", "'''", code::Quote::Lines::many, code::Quote::Escape::backslash, "${"},
                                {"\"", "\"", code::Quote::Lines::one, code::Quote::Escape::backslash, "${"},
                                {"'", "'", code::Quote::Lines::one, code::Quote::Escape::backslash, "${"}});
constexpr code::Syntax syntax{.line_comments = lines,
                              .block_comments = blocks,
                              .quotes = quotes,
                              .prefixes = {"r", {}, {}},
                              .nesting = code::Syntax::Comments::nested};

constexpr auto getters =
    std::to_array<Getter>({{.front = "Platform . environment ["},
                           {.front = "Platform . environment . containsKey (", .unset = Unset::tested},
                           {.front = "Platform . environment", .count = Getter::Count::all},
                           {.front = "String . fromEnvironment ("},
                           {.front = "bool . fromEnvironment ("},
                           {.front = "int . fromEnvironment ("},
                           {.front = "bool . hasEnvironment (", .unset = Unset::tested},
                           {.front = "dotenv . env ["},
                           {.front = "dotenv . get (", .unset = Unset::fails},
                           {.front = "dotenv . maybeGet ("},
                           {.front = "DotEnv ( ) . env ["}});

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

extern const Language language_dart{.id = "dart", .title = "Dart", .has = has, .words = words, .look = look};

}  // namespace sluice::env
