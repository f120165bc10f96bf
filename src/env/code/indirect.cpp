// SPDX-License-Identifier: Apache-2.0
//
// Reads by way of a name. Half of all programs have a function of their own around the getter of their language
// (`getEnv("PORT", "8080")`); who only sees the getter sees one read of any variable and none of those that are read.
#include "env/code/indirect.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::code {

namespace {

/// How far in front of a read the function around it may begin.
constexpr std::size_t max_distance = 512;

constexpr auto constant_words = std::to_array<std::string_view>({"const", "final", "val", "static", "let", "define"});

/// Whether a declaration of a constant stands before `at`, on the same line, or the name is one by custom.
bool
is_declared(std::span<const Token> tokens, std::size_t at)
{
  if (is_environment_name(tokens[at].text)) {
    return true;
  }
  for (std::size_t i = at; i > 0 && i + 6 > at && tokens[i - 1].line == tokens[at].line; --i) {
    if (is_name(tokens, i - 1)
        && std::find(constant_words.begin(), constant_words.end(), tokens[i - 1].text) != constant_words.end()) {
      return true;
    }
  }
  return false;
}

/// The literal behind `NAME =`, with a type between or not.
const Token*
assigned(std::span<const Token> tokens, std::size_t at)
{
  for (std::size_t i = at + 1; i < std::min(tokens.size(), at + 8); ++i) {
    if (is_mark(tokens, i, '=')) {
      return is_whole_text(tokens, i + 1) && !is_mark(tokens, i + 2, '+') && !is_mark(tokens, i + 2, '.')
                 ? &tokens[i + 1]
                 : nullptr;
    }
    const bool is_type = is_name(tokens, i) || is_mark(tokens, i, ':') || is_mark(tokens, i, '&')
                         || is_mark(tokens, i, '[') || is_mark(tokens, i, ']') || is_mark(tokens, i, '\'');
    if (!is_type) {
      break;
    }
  }
  return nullptr;
}

/// A function by its name, with the place of the parameter.
struct Function
{
  std::string_view name;
  std::size_t parameter = 0;  ///< from 0
};

/// Which of the parameters between two brackets has the name.
std::optional<std::size_t>
parameter_of(std::span<const Token> tokens, std::size_t open, std::string_view name)
{
  const std::size_t close = closing(tokens, open);
  std::size_t number = 0;
  int depth = 0;
  for (std::size_t i = open + 1; i < close && i < open + 64; ++i) {
    depth += is_mark(tokens, i, '(') || is_mark(tokens, i, '[')   ? 1
             : is_mark(tokens, i, ')') || is_mark(tokens, i, ']') ? -1
                                                                  : 0;
    if (depth == 0 && is_mark(tokens, i, ',')) {
      ++number;
    } else if (is_name(tokens, i, name)) {
      return number;
    }
  }
  return std::nullopt;
}

/// The place of `<` of `<T extends X>` that stands before `open`, or `open`.
std::size_t
before_types(std::span<const Token> tokens, std::size_t open)
{
  if (open < 2 || !is_mark(tokens, open - 1, '>') || is_mark(tokens, open - 2, '=') || is_mark(tokens, open - 2, '-')) {
    return open;
  }
  int depth = 0;
  for (std::size_t i = open - 1; i > 0 && open - i < 64; --i) {
    const bool is_arrow = is_mark(tokens, i, '>') && is_mark(tokens, i - 1, '=');
    depth += is_arrow ? 0 : is_mark(tokens, i, '>') ? 1 : is_mark(tokens, i, '<') ? -1 : 0;
    if (depth == 0) {
      return i;
    }
  }
  return open;
}

/// The name in front of a list of parameters: `func NAME(`, `NAME = (`, `NAME = async function (`.
std::string_view
function_name(std::span<const Token> tokens, std::size_t open)
{
  constexpr auto of_functions = std::to_array<std::string_view>({"function", "async", "fn", "func", "lambda"});
  open = before_types(tokens, open);
  std::size_t at = open;
  while (at > 0 && is_name(tokens, at - 1)
         && std::find(of_functions.begin(), of_functions.end(), tokens[at - 1].text) != of_functions.end()) {
    --at;
  }
  if (at > 1 && is_mark(tokens, at - 1, '=') && is_name(tokens, at - 2)) {
    return tokens[at - 2].text;
  }
  return at == open && at > 0 && is_name(tokens, at - 1) && !is_member(tokens, at - 1) ? tokens[at - 1].text
                                                                                       : std::string_view();
}

/// What follows the parameters of a definition and not the arguments of a call.
bool
is_definition(std::span<const Token> tokens, std::size_t close)
{
  const std::size_t at = close + 1;
  return is_mark(tokens, at, '{') || is_mark(tokens, at, ':') || is_name(tokens, at) || is_mark(tokens, at, '=')
         || (is_mark(tokens, at, '-') && is_mark(tokens, at + 1, '>')) || is_mark(tokens, at, '(')
         || is_mark(tokens, at, '*');
}

/// `NAME = parameter => …`, `NAME = async parameter => …`
std::string_view
name_of_arrow(std::span<const Token> tokens, std::size_t parameter)
{
  if (!is_mark(tokens, parameter + 1, '=') || !is_mark(tokens, parameter + 2, '>')) {
    return {};
  }
  const std::size_t front = parameter > 0 && is_name(tokens, parameter - 1, "async") ? parameter - 1 : parameter;
  return front > 1 && is_mark(tokens, front - 1, '=') && is_name(tokens, front - 2) ? tokens[front - 2].text
                                                                                    : std::string_view();
}

std::optional<Function>
function_around(std::span<const Token> tokens, std::size_t at)
{
  constexpr auto no_functions =
      std::to_array<std::string_view>({"if", "while", "for", "switch", "return", "match", "catch"});
  const std::size_t first = at > max_distance ? at - max_distance : 0;
  for (std::size_t open = at; open-- > first;) {
    if (is_name(tokens, open, tokens[at].text) && !name_of_arrow(tokens, open).empty()) {
      return Function{name_of_arrow(tokens, open), 0};
    }
    if (!is_mark(tokens, open, '(')) {
      continue;
    }
    const std::string_view name = function_name(tokens, open);
    const std::size_t close = closing(tokens, open);
    const bool is_function = !name.empty() && close < at && is_definition(tokens, close)
                             && std::find(no_functions.begin(), no_functions.end(), name) == no_functions.end();
    const auto parameter = is_function ? parameter_of(tokens, open, tokens[at].text) : std::nullopt;
    if (parameter) {
      return Function{name, *parameter};
    }
  }
  return std::nullopt;
}

/// The place of an argument of a call that opens at `open`; nothing if it has fewer.
std::optional<std::size_t>
argument(std::span<const Token> tokens, std::size_t open, std::size_t number)
{
  const std::size_t close = closing(tokens, open);
  int depth = 0;
  for (std::size_t i = open + 1; i < close; ++i) {
    if (number == 0) {
      return i;
    }
    depth += is_mark(tokens, i, '(') || is_mark(tokens, i, '[') || is_mark(tokens, i, '{')   ? 1
             : is_mark(tokens, i, ')') || is_mark(tokens, i, ']') || is_mark(tokens, i, '}') ? -1
                                                                                             : 0;
    number -= depth == 0 && is_mark(tokens, i, ',') ? 1 : 0;
  }
  return std::nullopt;
}

/// The literal that a constant of the file stands for. Null if there is none, or another.
const Token*
constant(std::span<const Token> tokens, std::string_view name)
{
  const Token* found = nullptr;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (!is_name(tokens, at, name) || is_mark(tokens, at + 1, '.')) {
      continue;
    }
    const Token* literal = is_declared(tokens, at) ? assigned(tokens, at) : nullptr;
    if (literal != nullptr && found != nullptr && literal->text != found->text) {
      return nullptr;
    }
    found = literal != nullptr ? literal : found;
  }
  return found;
}

/// Functions whose calls are looked for because of one read.
constexpr int max_functions = 8;

/// Tells what the calls of a function read, whose parameter stands at `at`, where a name is read; and those of the
/// functions that hand their own parameter to it.
void
tell_calls(std::span<const Token> tokens, std::size_t at, Sightings& seen, int& left)
{
  const auto function = left-- > 0 ? function_around(tokens, at) : std::nullopt;
  if (!function) {
    return;
  }
  seen.function({std::string(function->name), function->parameter});
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (!is_name(tokens, i, function->name) || !is_mark(tokens, i + 1, '(')) {
      continue;
    }
    const auto name = argument(tokens, i + 1, function->parameter);
    if (name && is_whole_text(tokens, *name) && (is_mark(tokens, *name + 1, ',') || is_mark(tokens, *name + 1, ')'))) {
      const Otherwise end = otherwise(tokens, {i, *name + 1, ReadPlace::Second::fallback}, Unset::unknown);
      seen.read(tokens[*name].text, tokens[*name].line, end.unset, end.literal);
    } else if (name && is_name(tokens, *name) && (is_mark(tokens, *name + 1, ',') || is_mark(tokens, *name + 1, ')'))) {
      const auto outer = function_around(tokens, *name);
      if (outer && outer->name != function->name) {
        tell_calls(tokens, *name, seen, left);
      }
    }
  }
}

}  // namespace

void
IndirectReads::tell(std::size_t at, const ReadPlace& place, Name name, Unset unset)
{
  if (at >= tokens_.size()) {
    return;
  }
  if (name == Name::alone && left_-- > 0) {
    if (const Token* literal = constant(tokens_, tokens_[at].text)) {
      const Otherwise end = otherwise(tokens_, place, unset);
      seen_.read(literal->text, tokens_[at].line, end.unset, end.literal);
      return;
    }
    int left = max_functions;
    tell_calls(tokens_, at, seen_, left);
  }
  // A text in front is what every such name begins with.
  const std::string_view text = is_text(tokens_, at) ? tokens_[at].text : std::string_view();
  seen_.read_any(text.substr(0, text.find_first_of("%{")), tokens_[at].line);
}

}  // namespace sluice::env::code
