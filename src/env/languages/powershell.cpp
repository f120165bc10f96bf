// SPDX-License-Identifier: Apache-2.0
//
// PowerShell names a variable as a part of the name of its own variable: `$env:PATH`, in texts as well.
#include "base/text.hpp"
#include "env/code/reads.hpp"
#include "env/shell_name.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

using code::Getter;
using code::Quote;
using code::Token;

constexpr auto extensions = std::to_array<std::string_view>({".ps1", ".psm1", ".psd1"});
constexpr auto words = std::to_array<std::string_view>({"env:", "Env:", "ENV:", "GetEnvironmentVariable"});
constexpr auto interpreters = std::to_array<std::string_view>({"pwsh"});

constexpr auto lines = std::to_array<std::string_view>({"#"});
constexpr auto blocks = std::to_array<code::Delimiters>({{"<#", "#>"}});
constexpr auto quotes = std::to_array<Quote>({{"@\"", "\"@", Quote::Lines::many, Quote::Escape::backtick},
                                              {"@'", "'@", Quote::Lines::many, Quote::Escape::none},
                                              {"\"", "\"", Quote::Lines::many, Quote::Escape::backtick},
                                              {"'", "'", Quote::Lines::many, Quote::Escape::none}});
constexpr code::Syntax syntax{.line_comments = lines, .block_comments = blocks, .quotes = quotes};

constexpr auto getters = std::to_array<Getter>(
    {{.front = "Environment ] : : GetEnvironmentVariable (", .second = code::ReadPlace::Second::other}});

bool
has(std::string_view path)
{
  return has_extension(path, extensions);
}

/// The name that begins at `at`.
std::string_view
name_at(std::string_view text, std::size_t at)
{
  std::size_t end = at;
  while (end < text.size() && is_of_name(text[end])) {
    ++end;
  }
  return text.substr(at, end - at);
}

/// `$env:X` and `${env:X}` within a text that replaces them.
void
look_in_text(const Token& token, Sightings& seen)
{
  const std::string lower = to_lower(token.text);
  std::uint32_t line = token.line;
  std::size_t counted = 0;
  for (std::size_t at = lower.find("env:"); at != std::string::npos; at = lower.find("env:", at + 4)) {
    const bool is_variable = at > 0 && (lower[at - 1] == '$' || (at > 1 && lower.compare(at - 2, 2, "${") == 0));
    line += static_cast<std::uint32_t>(std::count(lower.begin() + static_cast<std::ptrdiff_t>(counted),
                                                  lower.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    counted = at;
    if (is_variable) {
      seen.read(name_at(token.text, at + 4), line);
    }
  }
}

/// `$env:X` in code, which gives it to what runs where it is set; `Test-Path env:X` asks.
void
look_at_name(std::span<const Token> tokens, std::size_t at, Sightings& seen)
{
  const bool has_brace = at > 1 && code::is_mark(tokens, at - 1, '{');
  const std::size_t begin = at - (has_brace ? 2 : 1);
  const std::size_t behind = at + (has_brace ? 4 : 3);
  if (!code::is_mark(tokens, at + 1, ':') || !code::is_name(tokens, at + 2)) {
    return;
  }
  if (code::is_mark(tokens, begin, '$')) {
    if (code::is_assigned(tokens, behind)) {
      seen.give(tokens[at + 2].text, tokens[at].line);
    } else {
      const code::Otherwise end = code::otherwise(tokens, {begin, behind}, Unset::unknown);
      seen.read(tokens[at + 2].text, tokens[at].line, end.unset, end.literal);
    }
  } else if (at > 2 && tokens[at - 1].text == "Path" && tokens[at - 3].text == "Test") {
    seen.read(tokens[at + 2].text, tokens[at].line, Unset::tested);
  }
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  const code::Tokens tokens = code::tokens_of(source.text(), syntax);
  for (std::size_t at = 0; at < tokens.all.size(); ++at) {
    const Token& token = tokens.all[at];
    if (token.kind == Token::Kind::name && at > 0 && to_lower(token.text) == "env") {
      look_at_name(tokens.all, at, seen);
    } else if (token.kind == Token::Kind::text && !token.text.empty()) {
      const std::string_view text = source.text();
      if (text.substr(0, static_cast<std::size_t>(token.text.data() - text.data())).ends_with('"')) {
        look_in_text(token, seen);
      }
    }
  }
  code::look_for(tokens.all, getters, seen);
  code::tell_fault(tokens, seen);
}

}  // namespace

extern const Language language_powershell{
    .id = "powershell", .title = "PowerShell", .has = has, .words = words, .look = look, .interpreters = interpreters};

}  // namespace sluice::env
