// SPDX-License-Identifier: Apache-2.0
#include "env/code/reads.hpp"

#include <array>

namespace sluice::env {

namespace {

using code::Getter;

constexpr auto extensions = std::to_array<std::string_view>({".swift"});
constexpr auto words = std::to_array<std::string_view>({"nvironment", "getenv"});

constexpr auto lines = std::to_array<std::string_view>({"//"});
constexpr auto blocks = std::to_array<code::Delimiters>({{"/*", "*/"}});
constexpr auto quotes =
    std::to_array<code::Quote>({{"#\"\"\"", "\"\"\"#", code::Quote::Lines::many, code::Quote::Escape::none},
                                {"#\"", "\"#", code::Quote::Lines::one, code::Quote::Escape::none},
                                {"\"\"\"", "\"\"\"", code::Quote::Lines::many, code::Quote::Escape::backslash, "\\("},
                                {"\"", "\"", code::Quote::Lines::one, code::Quote::Escape::backslash, "\\("}});
constexpr code::Syntax syntax{
    .line_comments = lines, .block_comments = blocks, .quotes = quotes, .nesting = code::Syntax::Comments::nested};

constexpr auto getters =
    std::to_array<Getter>({{.front = "ProcessInfo . processInfo . environment ["},
                           {.front = "ProcessInfo . processInfo . environment", .count = Getter::Count::all},
                           {.front = "environment ["},
                           {.front = "getenv ("},
                           {.front = "Environment . get ("}});

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

extern const Language language_swift{.id = "swift", .title = "Swift", .has = has, .words = words, .look = look};

}  // namespace sluice::env
