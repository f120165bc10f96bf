// SPDX-License-Identifier: Apache-2.0
//
// What stands between `${` and `}`: POSIX has a length, defaults and patterns; bash has more, of which what cannot be
// told without a locale or another variable's name is left to who runs it.
#include "base/text.hpp"
#include "env/shell/expansion.hpp"
#include "env/shell/pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env::shell {

/// A `${NAME…}` that has something behind its name.
struct Expander::Parameter
{
  Span name_at = {};
  std::string_view name = {};
  Known known = {};
  Span rest = {};  ///< all behind the name
};

namespace {

/// The end of the parameter's name: a name, a number or a sign; the beginning if there is none.
std::size_t
end_of_parameter(std::string_view text)
{
  const std::size_t name = end_of_name(text, 0);
  if (name > 0 || text.empty()) {
    return name;
  }
  const std::size_t number = std::min(text.find_first_not_of("0123456789"), text.size());
  return number > 0 ? number : is_any_of(text.front(), "@*#?$!-") ? 1 : 0;
}

/// The first of that character which no quotes and brackets hold; the end if there is none.
std::size_t
find_outside(std::string_view text, std::size_t at, char c, Flavor flavor)
{
  while (at < text.size() && text[at] != c) {
    at = std::min(end_of_piece(text, at, flavor, Quotes::none), text.size());
  }
  return at;
}

char
changed_case(char c, char sign)
{
  constexpr char distance = 'a' - 'A';
  if (sign == '^') {
    return is_lower(c) ? static_cast<char>(c - distance) : c;
  }
  return is_upper(c) ? static_cast<char>(c + distance) : c;
}

}  // namespace

void
Expander::braces(Span inside, const Context& context, Expanded& out)
{
  const std::string_view text = inside.of(text_);
  if (text.starts_with('#') && text.size() > 1 && end_of_parameter(text.substr(1)) == text.size() - 1) {
    length({inside.begin + 1, inside.end}, out);
    return;
  }
  if (flavor_ == Flavor::bash && text.starts_with('!') && text.size() > 1) {
    indirect(text.substr(1), out);
    return;
  }
  const std::size_t end = end_of_parameter(text);
  Parameter parameter{.name_at = {inside.begin, inside.begin + end}, .name = text.substr(0, end)};
  parameter.known = known_of(parameter.name);
  parameter.rest = {inside.begin + end, inside.end};
  if (end == 0) {
    bad(out);
  } else if (end == text.size()) {
    value_of(parameter.name, parameter.known, out);
  } else {
    out.expands = true;
    this->parameter(parameter, context, out);
  }
}

/// `${!NAME}`: the variable whose name another one holds. Its other forms list names.
void
Expander::indirect(std::string_view name, Expanded& out)
{
  const Known known = known_of(name);
  const bool is_name = end_of_name(name, 0) == name.size();
  if (!is_name || !known.is_known) {
    out.is_known = false;
    return;
  }
  const std::string other = known.value.value_or("");
  if (other.empty() || end_of_name(other, 0) != other.size()) {
    bad(out);
    return;
  }
  value_of(other, variables_.get(other), out);
}

void
Expander::length(Span inside, Expanded& out)
{
  const std::string_view name = inside.of(text_);
  const Known known = known_of(name);
  out.expands = true;
  out.is_known = out.is_known && known.is_known;
  const bool is_count = name == "@" || name == "*";
  out.value += fmt::format("{}", is_count ? 0 : known.value.value_or("").size());
}

void
Expander::parameter(const Parameter& parameter, const Context& context, Expanded& out)
{
  const std::string_view rest = parameter.rest.of(text_);
  const std::size_t colon = rest.starts_with(':') ? 1 : 0;
  if (rest.size() > colon && is_any_of(rest[colon], "-=?+")) {
    with_default(parameter, context, out);
    return;
  }
  if (!parameter.known.is_known) {
    out.is_known = false;
  } else if (is_any_of(rest.front(), "#%")) {
    trimmed(parameter, context, out);
  } else if (flavor_ == Flavor::bash) {
    of_bash(parameter, context, out);
  } else {
    bad(out);
  }
}

void
Expander::with_default(const Parameter& parameter, const Context& context, Expanded& out)
{
  const std::string_view rest = parameter.rest.of(text_);
  const bool has_colon = rest.starts_with(':');
  const char sign = rest[has_colon ? 1 : 0];
  const Known& known = parameter.known;
  const bool is_set = known.value && (!has_colon || !known.value->empty());
  if (!known.is_known) {
    out.is_known = false;
    return;
  }
  if (sign == '?' && !is_set) {
    out.fault = Fault::file;
    out.why = "a value that a reference requires is missing";
    return;
  }
  if (is_set != (sign == '+')) {
    out.value += sign == '+' ? "" : known.value.value_or("");
    return;
  }
  Context inside = context;
  inside.tilde = context.quotes == Quotes::none ? Tilde::replaced : Tilde::kept;
  ++inside.depth;
  const Span word{parameter.rest.begin + (has_colon ? 2 : 1), parameter.rest.end};
  sign == '=' ? set_default(parameter, word, inside, out) : pieces(word, inside, out);
}

/// `${NAME:=WORD}` of what is not set.
void
Expander::set_default(const Parameter& parameter, Span word, const Context& inside, Expanded& out)
{
  Expanded value;
  pieces(word, inside, value);
  out.value += value.value;
  out.is_known = out.is_known && value.is_known;
  out.fault = value.fault;
  out.why = value.why;
  const bool can_be_set = begins_name(parameter.name.front());
  const char* why = can_be_set && out.fault == Fault::none
                        ? variables_.assign(parameter.name, std::move(value), parameter.name_at, word)
                        : nullptr;
  if (!can_be_set || why != nullptr) {
    out.fault = flavor_ == Flavor::bash ? Fault::line : Fault::file;
    out.why = why == nullptr ? "a parameter that is no variable is set" : why;
  }
}

std::string
Expander::pattern_of(Span at, const Context& context, Expanded& out)
{
  Expanded pattern;
  Context inside = context;
  inside.quotes = Quotes::none;
  inside.form = Context::Form::pattern;
  ++inside.depth;
  pieces(at, inside, pattern);
  out.is_known = out.is_known && pattern.is_known;
  out.fault = pattern.fault;
  out.why = pattern.why;
  return std::move(pattern.value);
}

void
Expander::trimmed(const Parameter& parameter, const Context& context, Expanded& out)
{
  const std::string_view rest = parameter.rest.of(text_);
  const std::size_t signs = rest.size() > 1 && rest[1] == rest[0] ? 2 : 1;
  const Side side = rest[0] == '#' ? Side::front : Side::back;
  const Extent extent = signs == 2 ? Extent::longest : Extent::shortest;
  const std::string pattern = pattern_of({parameter.rest.begin + signs, parameter.rest.end}, context, out);
  const auto value = without_match(parameter.known.value.value_or(""), pattern, side, extent);
  out.is_known = out.is_known && value;
  out.value += value.value_or("");
}

void
Expander::of_bash(const Parameter& parameter, const Context& context, Expanded& out)
{
  const std::string_view rest = parameter.rest.of(text_);
  switch (rest.front()) {
  case '/':
    replaced(parameter, context, out);
    break;
  case ':':
    piece_of(parameter, context, out);
    break;
  case '^':
  case ',':
    in_case(parameter, out);
    break;
  case '@':
  case '[':
    out.is_known = false;
    break;
  default:
    bad(out);
  }
}

/// `${NAME/PATTERN/TEXT}`, with a second `/`, `#` or `%` in front of the pattern.
void
Expander::replaced(const Parameter& parameter, const Context& context, Expanded& out)
{
  const std::string_view rest = parameter.rest.of(text_);
  constexpr std::string_view signs = "/#%";
  constexpr std::array where{Where::everywhere, Where::front, Where::back};
  const std::size_t kind = rest.size() > 1 ? signs.find(rest[1]) : std::string_view::npos;
  const std::size_t begin = kind == std::string_view::npos ? 1 : 2;
  const std::size_t end = find_outside(rest, begin, '/', flavor_);
  const std::string pattern = pattern_of({parameter.rest.begin + begin, parameter.rest.begin + end}, context, out);
  Expanded replacement;
  Context inside = context;
  inside.quotes = Quotes::none;
  ++inside.depth;
  pieces({std::min(parameter.rest.begin + end + 1, parameter.rest.end), parameter.rest.end}, inside, replacement);
  // An `&` stands for what matched, or not, as an option of bash has it.
  const bool is_known = replacement.is_known && replacement.value.find('&') == std::string::npos;
  const auto value = with_replacement(parameter.known.value.value_or(""), pattern, replacement.value,
                                      kind == std::string_view::npos ? Where::first : where.at(kind));
  out.is_known = out.is_known && is_known && value;
  out.value += value.value_or("");
}

/// `${NAME:OFFSET:LENGTH}`, in bytes: the shell that reads a dotenv file for a program has no locale to count by.
void
Expander::piece_of(const Parameter& parameter, const Context& context, Expanded& out)
{
  const std::string_view rest = parameter.rest.of(text_);
  const std::size_t colon = find_outside(rest, 1, ':', flavor_);
  const Span at{parameter.rest.begin + 1, parameter.rest.begin + colon};
  if (at.size() == 0 && colon == rest.size()) {
    bad(out);
    return;
  }
  const std::string value = parameter.known.value.value_or("");
  const auto size = static_cast<std::int64_t>(value.size());
  const Sum offset = sum_of(at, context, out);
  Sum count{Sum::Outcome::known, size};
  if (colon < rest.size()) {
    count = sum_of({at.end + 1, parameter.rest.end}, context, out);
  }
  if (offset.outcome != Sum::Outcome::known || count.outcome != Sum::Outcome::known) {
    out.is_known = false;
    return;
  }
  const std::int64_t begin = offset.value < 0 ? size + offset.value : offset.value;
  if (begin < 0 || begin > size) {
    return;
  }
  const std::int64_t end = count.value < 0 ? size + count.value : begin + std::min(count.value, size - begin);
  if (end < begin) {
    bad(out);
    return;
  }
  out.value += value.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

/// `^`, `^^`, `,` and `,,` without a pattern.
void
Expander::in_case(const Parameter& parameter, Expanded& out)
{
  const std::string_view rest = parameter.rest.of(text_);
  std::string value = parameter.known.value.value_or("");
  const bool is_all = rest == "^^" || rest == ",,";
  out.is_known = out.is_known && (is_all || rest.size() == 1);
  const std::size_t end = is_all ? value.size() : std::min<std::size_t>(1, value.size());
  for (std::size_t i = 0; i < end; ++i) {
    value[i] = changed_case(value[i], rest.front());
  }
  out.value += value;
}

}  // namespace sluice::env::shell
