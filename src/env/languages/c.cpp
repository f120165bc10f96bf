// SPDX-License-Identifier: Apache-2.0
#include "env/code/reads.hpp"

#include <array>

namespace sluice::env {

namespace {

using code::Getter;

constexpr auto extensions =
    std::to_array<std::string_view>({".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".hh", ".hxx", ".m", ".mm", ".ino"});
constexpr auto words = std::to_array<std::string_view>({"getenv"});

constexpr auto lines = std::to_array<std::string_view>({"//"});
constexpr auto blocks = std::to_array<code::Delimiters>({{"/*", "*/"}});
constexpr auto quotes = std::to_array<code::Quote>(
    {{"R\"(", ")\"", code::Quote::Lines::many, code::Quote::Escape::none}, {"\"", "\""}, {"'", "'"}});
constexpr code::Syntax syntax{
    .line_comments = lines, .block_comments = blocks, .quotes = quotes, .unclosed = code::Syntax::Unclosed::tolerated};

constexpr auto getters =
    std::to_array<Getter>({{.front = "getenv ("}, {.front = "secure_getenv ("}, {.front = "std : : getenv ("}});

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

extern const Language language_c{.id = "c", .title = "C and C++", .has = has, .words = words, .look = look};

}  // namespace sluice::env
