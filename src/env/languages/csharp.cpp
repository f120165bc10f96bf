// SPDX-License-Identifier: Apache-2.0
//
// The languages of .NET, which read their environment alike.
#include "base/text.hpp"
#include "env/code/reads.hpp"

#include <array>

namespace sluice::env {

namespace {

using code::Getter;
using code::Quote;
using code::ReadPlace;

constexpr auto extensions = std::to_array<std::string_view>({".cs", ".cshtml", ".razor", ".fs", ".fsx", ".vb"});
constexpr auto words = std::to_array<std::string_view>({"EnvironmentVariable", "onfig"});

constexpr auto lines = std::to_array<std::string_view>({"//"});
constexpr auto blocks = std::to_array<code::Delimiters>({{"/*", "*/"}});
constexpr auto quotes = std::to_array<Quote>({{"$\"\"\"", "\"\"\"", Quote::Lines::many, Quote::Escape::none, "{"},
                                              {"\"\"\"", "\"\"\"", Quote::Lines::many, Quote::Escape::none},
                                              {"$@\"", "\"", Quote::Lines::many, Quote::Escape::doubled, "{"},
                                              {"@$\"", "\"", Quote::Lines::many, Quote::Escape::doubled, "{"},
                                              {"@\"", "\"", Quote::Lines::many, Quote::Escape::doubled},
                                              {"$\"", "\"", Quote::Lines::one, Quote::Escape::backslash, "{"},
                                              {"\"", "\""},
                                              {"'", "'"}});
constexpr code::Syntax csharp{.line_comments = lines, .block_comments = blocks, .quotes = quotes};
/// Markup stands around the code.
constexpr code::Syntax razor{
    .line_comments = lines, .block_comments = blocks, .quotes = quotes, .unclosed = code::Syntax::Unclosed::tolerated};

constexpr auto fsharp_blocks = std::to_array<code::Delimiters>({{"(*", "*)"}});
constexpr auto fsharp_quotes = std::to_array<Quote>({{"'\"'", ""},
                                                     {"\"\"\"", "\"\"\"", Quote::Lines::many, Quote::Escape::none},
                                                     {"@\"", "\"", Quote::Lines::many, Quote::Escape::doubled},
                                                     {"$\"", "\"", Quote::Lines::many, Quote::Escape::backslash, "{"},
                                                     {"\"", "\"", Quote::Lines::many}});
constexpr code::Syntax fsharp{.line_comments = lines, .block_comments = fsharp_blocks, .quotes = fsharp_quotes};

constexpr auto basic_lines = std::to_array<std::string_view>({"'"});
constexpr auto basic_quotes = std::to_array<Quote>({{"\"", "\"", Quote::Lines::one, Quote::Escape::doubled}});
constexpr code::Syntax basic{.line_comments = basic_lines, .quotes = basic_quotes};

constexpr auto getters = std::to_array<Getter>(
    {{.front = "Environment . GetEnvironmentVariable (", .second = ReadPlace::Second::other},
     {.front = "System . Environment . GetEnvironmentVariable (", .second = ReadPlace::Second::other},
     {.front = "Environment . GetEnvironmentVariables (", .count = Getter::Count::all},
     {.front = "Configuration [", .names = Getter::Names::of_environment},
     {.front = ". Configuration [", .names = Getter::Names::of_environment},
     {.front = "configuration [", .names = Getter::Names::of_environment},
     {.front = "_configuration [", .names = Getter::Names::of_environment},
     {.front = "config [", .names = Getter::Names::of_environment},
     {.front = "_config [", .names = Getter::Names::of_environment},
     {.front = ". GetValue < * > (", .names = Getter::Names::of_environment},
     {.front = ". GetValue < * ? > (", .names = Getter::Names::of_environment}});

bool
has(std::string_view path)
{
  return has_extension(path, extensions);
}

const code::Syntax&
syntax_of(std::string_view path)
{
  if (path.ends_with(".vb")) {
    return basic;
  }
  if (path.ends_with(".cs")) {
    return csharp;
  }
  return path.ends_with(".fs") || path.ends_with(".fsx") ? fsharp : razor;
}

/// `%NAME%` in what ExpandEnvironmentVariables is given.
void
look_for_expansions(std::span<const code::Token> tokens, Sightings& seen)
{
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (!code::is_name(tokens, at, "ExpandEnvironmentVariables") || !code::is_whole_text(tokens, at + 2)) {
      continue;
    }
    const auto parts = split(tokens[at + 2].text, '%');
    for (std::size_t i = 1; i + 1 < parts.size(); i += 2) {
      seen.read(parts[i], tokens[at + 2].line);
    }
  }
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  const code::Tokens tokens = code::tokens_of(source.text(), syntax_of(source.path()));
  code::look_for(tokens.all, getters, seen);
  look_for_expansions(tokens.all, seen);
  code::tell_fault(tokens, seen);
}

}  // namespace

extern const Language language_csharp{.id = "csharp", .title = "C#", .has = has, .words = words, .look = look};

}  // namespace sluice::env
