// SPDX-License-Identifier: Apache-2.0
#include "env/javascript_schemas.hpp"

#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/language.hpp"

#include <algorithm>
#include <set>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 8> judging{"parse",    "safeParse",     "parseAsync",   "safeParseAsync",
                                                  "validate", "validateAsync", "validateSync", "attempt"};
constexpr std::size_t most_arguments = 64;  ///< tokens that are looked at

bool
is_judging(const code::Token& token)
{
  return token.kind == code::Token::Kind::name
         && std::find(judging.begin(), judging.end(), token.text) != judging.end();
}

/// `process.env`, `import.meta.env`, `Deno.env`, `Bun.env`, a variable `env`.
bool
mentions_environment(code::TokenSpan tokens)
{
  return std::any_of(tokens.begin(), tokens.end(), [](const code::Token& token) { return token.is("env"); });
}

code::TokenSpan
arguments_near(code::TokenSpan tokens, std::size_t open)
{
  return inside_bracket(tokens.subspan(0, std::min(tokens.size(), open + most_arguments)), open);
}

/// Variables by which the environment is judged somewhere in the file.
std::set<std::string_view>
judges_in(code::TokenSpan tokens)
{
  std::set<std::string_view> names;
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (tokens[i].is("validationSchema") && tokens[i + 1].is(":")) {
      names.insert(tokens[i + 2].text);
    } else if (is_judging(tokens[i]) && tokens[i + 1].is("(")) {
      const code::TokenSpan arguments = arguments_near(tokens, i + 1);
      if (!mentions_environment(arguments)) {
        continue;
      }
      if (i > 1 && tokens[i - 1].is(".") && tokens[i - 2].kind == code::Token::Kind::name) {
        names.insert(tokens[i - 2].text);
      }
      if (tokens[i].is("attempt") && arguments.back().kind == code::Token::Kind::name) {
        names.insert(arguments.back().text);
      }
    }
  }
  return names;
}

/// The variable that `=` before `begin` gives it to, or the member before `:`.
std::string_view
holder_of(code::TokenSpan tokens, std::size_t begin)
{
  const bool is_given = begin > 1 && (tokens[begin - 1].is("=") || tokens[begin - 1].is(":"));
  return is_given ? tokens[begin - 2].text : std::string_view();
}

/// Whether a step behind the object judges the environment at once.
bool
is_judged_at_once(code::TokenSpan tokens, std::size_t end)
{
  if (end + 1 >= tokens.size() || !tokens[end].is(".")) {
    return false;
  }
  const auto steps = steps_of(tokens.subspan(end + 1, std::min(tokens.size() - end - 1, 4 * most_arguments)));
  return std::any_of(steps.begin(), steps.end(), [](const code::Step& step) {
    return std::find(judging.begin(), judging.end(), step.name) != judging.end()
           && mentions_environment(step.arguments);
  });
}

bool
is_named_after_environment(std::string_view path)
{
  const std::string name = to_lower(file_name_of(path));
  return name.starts_with("env") || name.find(".env.") != std::string::npos || name.find("-env.") != std::string::npos;
}

bool
are_variables(const std::vector<code::Member>& members)
{
  return !members.empty() && std::all_of(members.begin(), members.end(), [](const code::Member& each) {
    return is_environment_name(each.name);
  });
}

}  // namespace

std::vector<std::vector<code::Member>>
environment_objects(code::TokenSpan tokens, std::string_view path, std::span<const std::string_view> libraries)
{
  std::vector<std::vector<code::Member>> objects;
  const auto judges = judges_in(tokens);
  for (std::size_t i = 0; i + 4 < tokens.size(); ++i) {
    const bool is_library = std::find(libraries.begin(), libraries.end(), tokens[i].text) != libraries.end()
                            && tokens[i].kind == code::Token::Kind::name;
    const bool is_object =
        is_library && tokens[i + 1].is(".") && tokens[i + 3].is("(") && tokens[i + 4].is("{")
        && (tokens[i + 2].is("object") || tokens[i + 2].is("strictObject") || tokens[i + 2].is("looseObject"));
    if (!is_object) {
      continue;
    }
    auto members = members_of(inside_bracket(tokens, i + 4), ":");
    const std::size_t end = behind_bracket(tokens, i + 3);
    const std::string_view holder = holder_of(tokens, i);
    if (holder == "validationSchema" || judges.contains(holder) || is_judged_at_once(tokens, end)
        || (is_named_after_environment(path) && are_variables(members))) {
      objects.push_back(std::move(members));
    }
    i = end - 1;
  }
  return objects;
}

code::TokenSpan
option_of_call(code::TokenSpan arguments, std::string_view name)
{
  for (const code::TokenSpan part : parts_of(arguments)) {
    if (part.front().is("{")) {
      return member(inside_bracket(part, 0), name, ":");
    }
  }
  return {};
}

std::string
listed_values(code::TokenSpan list)
{
  std::string values;
  const code::TokenSpan inner = !list.empty() && list.front().is("[") ? inside_bracket(list, 0) : list;
  for (const code::TokenSpan part : parts_of(inner)) {
    if (const code::Token* value = code::literal(part)) {
      values.append(values.empty() ? "" : "\n").append(code::unescaped(value->text));
    }
  }
  return values;
}

}  // namespace sluice::env
