// SPDX-License-Identifier: Apache-2.0
#include "env/code/reads.hpp"

#include <array>

namespace sluice::env {

namespace {

using code::Getter;
using code::Quote;

constexpr auto extensions =
    std::to_array<std::string_view>({".java", ".kt", ".kts", ".scala", ".sc", ".groovy", ".gradle"});
constexpr auto words = std::to_array<std::string_view>({"getenv", "sys.env", "environmentVariable", "envOr", "dotenv"});

constexpr auto lines = std::to_array<std::string_view>({"//"});
constexpr auto blocks = std::to_array<code::Delimiters>({{"/*", "*/"}});
constexpr auto java_quotes = std::to_array<Quote>({{"\"\"\"", "\"\"\"", Quote::Lines::many}, {"\"", "\""}, {"'", "'"}});
constexpr code::Syntax java{.line_comments = lines, .block_comments = blocks, .quotes = java_quotes};

constexpr auto kotlin_quotes =
    std::to_array<Quote>({{"\"\"\"", "\"\"\"", Quote::Lines::many, Quote::Escape::none, "${"},
                          {"\"", "\"", Quote::Lines::one, Quote::Escape::backslash, "${"},
                          {"'", "'"}});
constexpr code::Syntax kotlin{.line_comments = lines,
                              .block_comments = blocks,
                              .quotes = kotlin_quotes,
                              .nesting = code::Syntax::Comments::nested};

/// An apostrophe is a symbol's, too, and `s"…"` has code in it.
constexpr code::Syntax scala{.line_comments = lines,
                             .block_comments = blocks,
                             .quotes = java_quotes,
                             .prefixes = {"sfraw", "sf", "${"},
                             .nesting = code::Syntax::Comments::nested,
                             .unclosed = code::Syntax::Unclosed::tolerated};

constexpr auto groovy_quotes =
    std::to_array<Quote>({{"\"\"\"", "\"\"\"", Quote::Lines::many, Quote::Escape::backslash, "${"},
                          {"'''", "'''", Quote::Lines::many},
                          {"\"", "\"", Quote::Lines::one, Quote::Escape::backslash, "${"},
                          {"'", "'"}});
constexpr code::Syntax groovy{
    .line_comments = lines, .block_comments = blocks, .quotes = groovy_quotes, .regex = code::Syntax::Regex::yes};

constexpr auto getters =
    std::to_array<Getter>({{.front = "System . getenv ( ) . get ("},
                           {.front = "System . getenv ( ) . getOrDefault ("},
                           {.front = "System . getenv ( ) . containsKey (", .unset = Unset::tested},
                           {.front = "System . getenv ( ) ["},
                           {.front = "System . getenv ( )", .count = Getter::Count::all},
                           {.front = "System . getenv ("},
                           {.front = "sys . env . get ("},
                           {.front = "sys . env . getOrElse ("},
                           {.front = "sys . env . contains (", .unset = Unset::tested},
                           {.front = "sys . env (", .unset = Unset::fails},
                           {.front = "sys . env", .count = Getter::Count::all},
                           {.front = "Properties . envOrElse ("},
                           {.front = "Properties . envOrNone ("},
                           {.front = "providers . environmentVariable (", .second = code::ReadPlace::Second::other},
                           {.front = "dotenv . get (", .names = Getter::Names::of_environment},
                           {.front = "dotenv [", .names = Getter::Names::of_environment}});

bool
has(std::string_view path)
{
  return has_extension(path, extensions);
}

const code::Syntax&
syntax_of(std::string_view path)
{
  if (path.ends_with(".java")) {
    return java;
  }
  if (path.ends_with(".scala") || path.ends_with(".sc")) {
    return scala;
  }
  return path.ends_with(".kt") || path.ends_with(".kts") ? kotlin : groovy;
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  code::look_for(source, syntax_of(source.path()), getters, seen);
}

}  // namespace

extern const Language language_jvm{
    .id = "jvm", .title = "Java, Kotlin, Scala and Groovy", .has = has, .words = words, .look = look};

}  // namespace sluice::env
