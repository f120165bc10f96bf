// SPDX-License-Identifier: Apache-2.0
#include "env/code/reads.hpp"

#include <array>

namespace sluice::env {

namespace {

using code::Getter;

constexpr auto extensions = std::to_array<std::string_view>({".R", ".r"});
constexpr auto words = std::to_array<std::string_view>({"Sys.getenv"});
constexpr auto interpreters = std::to_array<std::string_view>({"Rscript"});

constexpr auto lines = std::to_array<std::string_view>({"#"});
constexpr auto quotes =
    std::to_array<code::Quote>({{"r\"(", ")\"", code::Quote::Lines::many, code::Quote::Escape::none},
                                {"\"", "\"", code::Quote::Lines::many},
                                {"'", "'", code::Quote::Lines::many},
                                {"`", "`", code::Quote::Lines::one, code::Quote::Escape::none}});
constexpr code::Syntax syntax{.line_comments = lines, .quotes = quotes, .name_marks = "_."};

constexpr auto getters = std::to_array<Getter>({{.front = "Sys.getenv ( c (", .count = Getter::Count::many},
                                                {.front = "Sys.getenv ( )", .count = Getter::Count::all},
                                                {.front = "Sys.getenv ("}});

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

extern const Language language_r{
    .id = "r", .title = "R", .has = has, .words = words, .look = look, .interpreters = interpreters};

}  // namespace sluice::env
