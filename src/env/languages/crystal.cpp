// SPDX-License-Identifier: Apache-2.0
#include "env/code/reads.hpp"

#include <array>

namespace sluice::env {

namespace {

using code::Getter;

constexpr auto extensions = std::to_array<std::string_view>({".cr"});
constexpr auto words = std::to_array<std::string_view>({"ENV"});

constexpr auto lines = std::to_array<std::string_view>({"#"});
constexpr auto quotes =
    std::to_array<code::Quote>({{"'\"'", ""},
                                {"%w(", ")", code::Quote::Lines::many},
                                {"%w[", "]", code::Quote::Lines::many},
                                {"\"", "\"", code::Quote::Lines::many, code::Quote::Escape::backslash, "#{"},
                                {"'", "'"}});
constexpr code::Syntax syntax{.line_comments = lines,
                              .quotes = quotes,
                              .here_documents = {"<<-", "#{"},
                              .regex = code::Syntax::Regex::argument,
                              .unclosed = code::Syntax::Unclosed::tolerated};

constexpr auto getters = std::to_array<Getter>({{.front = "ENV [", .unset = Unset::fails},
                                                {.front = "ENV . fetch (", .unset = Unset::fails},
                                                {.front = "ENV . has_key ? (", .unset = Unset::tested},
                                                {.front = "ENV . keys", .count = Getter::Count::all},
                                                {.front = "ENV . each", .count = Getter::Count::all}});

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

extern const Language language_crystal{.id = "crystal", .title = "Crystal", .has = has, .words = words, .look = look};

}  // namespace sluice::env
