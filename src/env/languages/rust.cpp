// SPDX-License-Identifier: Apache-2.0
#include "env/code/reads.hpp"

#include <array>

namespace sluice::env {

namespace {

using code::Getter;

constexpr auto extensions = std::to_array<std::string_view>({".rs"});
constexpr auto words = std::to_array<std::string_view>({"env"});

constexpr auto lines = std::to_array<std::string_view>({"//"});
constexpr auto blocks = std::to_array<code::Delimiters>({{"/*", "*/"}});
constexpr auto quotes =
    std::to_array<code::Quote>({{"'\"'", ""},
                                {"'\\", "'"},
                                {"r###\"", "\"###", code::Quote::Lines::many, code::Quote::Escape::none},
                                {"r##\"", "\"##", code::Quote::Lines::many, code::Quote::Escape::none},
                                {"r#\"", "\"#", code::Quote::Lines::many, code::Quote::Escape::none},
                                {"r\"", "\"", code::Quote::Lines::many, code::Quote::Escape::none},
                                {"b\"", "\"", code::Quote::Lines::many},
                                {"\"", "\"", code::Quote::Lines::many}});
constexpr code::Syntax syntax{.line_comments = lines,
                              .block_comments = blocks,
                              .quotes = quotes,
                              .nesting = code::Syntax::Comments::nested,
                              .unclosed = code::Syntax::Unclosed::tolerated};

constexpr auto getters =
    std::to_array<Getter>({{.front = "std : : env : : var ("},
                           {.front = "env : : var ("},
                           {.front = "std : : env : : var_os ("},
                           {.front = "env : : var_os ("},
                           {.front = "std : : env ! (", .unset = Unset::fails},
                           {.front = "env ! (", .unset = Unset::fails, .second = code::ReadPlace::Second::other},
                           {.front = "option_env ! (", .unset = Unset::tested},
                           {.front = "std : : option_env ! (", .unset = Unset::tested},
                           {.front = "dotenvy : : var ("},
                           {.front = "dotenv : : var ("},
                           {.front = "std : : env : : vars (", .count = Getter::Count::all},
                           {.front = "env : : vars (", .count = Getter::Count::all},
                           {.front = "std : : env : : vars_os (", .count = Getter::Count::all},
                           {.front = "env : : vars_os (", .count = Getter::Count::all},
                           {.front = "( env =", .names = Getter::Names::of_environment},
                           {.front = ", env =", .names = Getter::Names::of_environment}});

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

extern const Language language_rust{.id = "rust", .title = "Rust", .has = has, .words = words, .look = look};

}  // namespace sluice::env
