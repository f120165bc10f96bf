// SPDX-License-Identifier: Apache-2.0
#include "env/code/children.hpp"

#include "env/code/reads.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace sluice::env::code {

namespace {

/// Tokens in front of something in which what is around it is looked for.
constexpr std::size_t max_distance = 512;

constexpr auto starters =
    std::to_array<std::string_view>({"spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork",
                                     "execa", "execaSync", "run", "Popen", "call", "check_call", "check_output"});

/// The bracket that is open around `at`; the number of tokens if it is none of these or too far away.
std::size_t
open_around(std::span<const Token> tokens, std::size_t at, std::string_view opening)
{
  int depth = 0;
  for (std::size_t i = at; i > 0 && at - i < max_distance; --i) {
    const Token& token = tokens[i - 1];
    if (token.kind != Token::Kind::mark) {
      continue;
    }
    const char mark = token.text.front();
    depth += mark == ')' || mark == ']' || mark == '}' ? 1 : mark == '(' || mark == '[' || mark == '{' ? -1 : 0;
    if (depth < 0) {
      return opening.find(mark) != std::string_view::npos ? i - 1 : tokens.size();
    }
  }
  return tokens.size();
}

/// Whether what is at `at` is an argument of a call that starts a program.
bool
is_of_starter(std::span<const Token> tokens, std::size_t at)
{
  const std::size_t open = open_around(tokens, at, "(");
  return open < tokens.size() && open > 0 && is_name(tokens, open - 1)
         && std::find(starters.begin(), starters.end(), tokens[open - 1].text) != starters.end();
}

/// Whether the value of the key at `at` is only the variable of that name: `X: process.env.X`.
bool
is_handed_on(std::span<const Token> tokens, std::size_t at)
{
  const auto behind = follows(tokens, at + 2, "process . env .");
  return behind && is_name(tokens, *behind) && tokens[*behind].text == tokens[at].text
         && (is_mark(tokens, *behind + 1, ',') || is_mark(tokens, *behind + 1, '}'));
}

/// Gives the keys of a table: `{ X: 1, "Y": 2, Z }`, in Python those in quotes.
enum class Keys { all, quoted };
void
give_keys(std::span<const Token> tokens, std::size_t open, Keys keys, Sightings& seen)
{
  const std::size_t close = closing(tokens, open);
  int depth = 0;
  for (std::size_t i = open + 1; i < close; ++i) {
    const bool is_first = depth == 0 && (i == open + 1 || is_mark(tokens, i - 1, ','));
    const bool has_value = is_mark(tokens, i + 1, ':');
    const bool is_short = keys == Keys::all && (is_mark(tokens, i + 1, ',') || i + 1 == close);
    const bool is_key = is_whole_text(tokens, i) || (keys == Keys::all && is_name(tokens, i));
    if (is_first && is_key && (has_value || is_short) && !is_handed_on(tokens, i)) {
      seen.give(tokens[i].text, tokens[i].line);
    }
    depth += is_mark(tokens, i, '{') || is_mark(tokens, i, '[') || is_mark(tokens, i, '(')   ? 1
             : is_mark(tokens, i, '}') || is_mark(tokens, i, ']') || is_mark(tokens, i, ')') ? -1
                                                                                             : 0;
  }
}

/// `NAME.X = …` and `NAME["X"] = …` of copies of the environment.
void
give_members(std::span<const Token> tokens, const std::set<std::string_view>& copies, Sightings& seen)
{
  for (std::size_t at = 0; !copies.empty() && at + 3 < tokens.size(); ++at) {
    if (!is_name(tokens, at) || !copies.contains(tokens[at].text) || is_member(tokens, at)) {
      continue;
    }
    const bool is_indexed =
        is_mark(tokens, at + 1, '[') && is_whole_text(tokens, at + 2) && is_mark(tokens, at + 3, ']');
    const bool is_named = is_mark(tokens, at + 1, '.') && is_name(tokens, at + 2);
    if ((is_indexed || is_named) && is_assigned(tokens, at + (is_indexed ? 4 : 3))) {
      seen.give(tokens[at + 2].text, tokens[at + 2].line);
    }
  }
}

}  // namespace

void
look_for_javascript_children(std::span<const Token> tokens, Sightings& seen)
{
  std::set<std::string_view> copies;
  for (std::size_t at = 1; at + 2 < tokens.size(); ++at) {
    const auto spread = follows(tokens, at, ". . . process . env");
    if (spread && (is_mark(tokens, *spread, ',') || is_mark(tokens, *spread, '}'))) {
      const std::size_t open = open_around(tokens, at, "{");
      if (open < tokens.size()) {
        give_keys(tokens, open, Keys::all, seen);
        const bool is_copy = open > 1 && is_mark(tokens, open - 1, '=') && is_name(tokens, open - 2);
        if (is_copy) {
          copies.insert(tokens[open - 2].text);
        }
      }
    } else if (is_name(tokens, at, "env") && is_mark(tokens, at + 1, ':') && is_mark(tokens, at + 2, '{')) {
      const std::size_t options = open_around(tokens, at, "{");
      if (options < tokens.size() && is_of_starter(tokens, options)) {
        give_keys(tokens, at + 2, Keys::all, seen);
      }
    }
  }
  give_members(tokens, copies, seen);
}

void
look_for_python_children(std::span<const Token> tokens, Sightings& seen)
{
  std::set<std::string_view> copies;
  for (std::size_t at = 0; at + 2 < tokens.size(); ++at) {
    const auto value = is_mark(tokens, at, '=') ? at + 1 : tokens.size();
    const bool is_copy = follows(tokens, value, "os . environ . copy (")
                         || follows(tokens, value, "dict ( os . environ")
                         || follows(tokens, value, "{ * * os . environ");
    if (is_copy && at > 0 && is_name(tokens, at - 1)) {
      copies.insert(tokens[at - 1].text);
    }
    if (follows(tokens, at, "{ * * os . environ")) {
      give_keys(tokens, at, Keys::quoted, seen);
    } else if (const auto table = follows(tokens, at, "env = {"); table && is_of_starter(tokens, at)) {
      give_keys(tokens, *table - 1, Keys::quoted, seen);
    } else if (const auto words = follows(tokens, at, "dict ( os . environ ,")) {
      for (std::size_t i = *words; is_name(tokens, i) && is_mark(tokens, i + 1, '='); i += 4) {
        seen.give(tokens[i].text, tokens[i].line);
      }
    }
  }
  give_members(tokens, copies, seen);
}

void
look_for_go_children(std::span<const Token> tokens, Sightings& seen)
{
  for (std::size_t at = 0; at + 4 < tokens.size(); ++at) {
    const bool is_environment =
        follows(tokens, at, "append ( os . Environ ( ) ,") || follows(tokens, at, "append ( * . Env ,");
    const std::size_t close = is_environment ? closing(tokens, at + 1) : at;
    for (std::size_t i = at; i < close; ++i) {
      const std::size_t equals = is_text(tokens, i) ? tokens[i].text.find('=') : std::string_view::npos;
      if (equals != std::string_view::npos && is_environment_name(tokens[i].text.substr(0, equals))) {
        seen.give(tokens[i].text.substr(0, equals), tokens[i].line);
      }
    }
  }
}

}  // namespace sluice::env::code
