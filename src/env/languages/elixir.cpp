// SPDX-License-Identifier: Apache-2.0
#include "env/code/reads.hpp"

#include <array>

namespace sluice::env {

namespace {

using code::Getter;

constexpr auto extensions = std::to_array<std::string_view>({".ex", ".exs", ".heex", ".eex"});
constexpr auto words = std::to_array<std::string_view>({"System."});

constexpr auto lines = std::to_array<std::string_view>({"#"});
constexpr auto quotes =
    std::to_array<code::Quote>({{"\"\"\"", "\"\"\"", code::Quote::Lines::many, code::Quote::Escape::backslash, "#{"},
                                {"'''", "'''", code::Quote::Lines::many},
                                {"?\"", ""},
                                {"?'", ""},
                                {"?#", ""},
                                {"~r/", "/", code::Quote::Lines::many},
                                {"~r{", "}", code::Quote::Lines::many},
                                {"~r|", "|", code::Quote::Lines::many},
                                {"~s(", ")", code::Quote::Lines::many, code::Quote::Escape::backslash, "#{"},
                                {"~w(", ")", code::Quote::Lines::many},
                                {"~w[", "]", code::Quote::Lines::many},
                                {"\"", "\"", code::Quote::Lines::many, code::Quote::Escape::backslash, "#{"},
                                {"'", "'", code::Quote::Lines::many}});
constexpr auto islands = std::to_array<code::Delimiters>({{"<%", "%>"}});
constexpr code::Syntax syntax{.line_comments = lines, .quotes = quotes};
constexpr code::Syntax templates{.line_comments = lines, .quotes = quotes, .islands = islands};

constexpr auto getters = std::to_array<Getter>({{.front = "System . get_env ("},
                                                {.front = "System . get_env ( )", .count = Getter::Count::all},
                                                {.front = "System . fetch_env ! (", .unset = Unset::fails},
                                                {.front = "System . fetch_env (", .unset = Unset::tested}});
constexpr auto of_templates = std::to_array<std::string_view>({".heex", ".eex"});

bool
has(std::string_view path)
{
  return has_extension(path, extensions);
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  code::look_for(source, has_extension(source.path(), of_templates) ? templates : syntax, getters, seen);
}

}  // namespace

extern const Language language_elixir{.id = "elixir", .title = "Elixir", .has = has, .words = words, .look = look};

}  // namespace sluice::env
