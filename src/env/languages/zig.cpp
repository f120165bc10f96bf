// SPDX-License-Identifier: Apache-2.0
#include "env/code/reads.hpp"

#include <array>

namespace sluice::env {

namespace {

using code::Getter;

constexpr auto extensions = std::to_array<std::string_view>({".zig"});
constexpr auto words = std::to_array<std::string_view>({"getenv", "EnvVar", "getEnvMap"});

constexpr auto lines = std::to_array<std::string_view>({"//", "\\\\"});
constexpr auto quotes = std::to_array<code::Quote>({{"\"", "\""}, {"'", "'"}});
constexpr code::Syntax syntax{.line_comments = lines, .quotes = quotes};

constexpr auto getters = std::to_array<Getter>(
    {{.front = "std . posix . getenv ("},
     {.front = "std . os . getenv ("},
     {.front = "posix . getenv ("},
     {.front = "os . getenv ("},
     {.front = "std . process . getEnvVarOwned ( * ,", .unset = Unset::fails, .second = code::ReadPlace::Second::other},
     {.front = "process . getEnvVarOwned ( * ,", .unset = Unset::fails, .second = code::ReadPlace::Second::other},
     {.front = "std . process . hasEnvVarConstant (", .unset = Unset::tested},
     {.front = "std . process . hasEnvVar ( * ,", .unset = Unset::tested},
     {.front = "std . process . getEnvMap (", .count = Getter::Count::all}});

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

extern const Language language_zig{.id = "zig", .title = "Zig", .has = has, .words = words, .look = look};

}  // namespace sluice::env
