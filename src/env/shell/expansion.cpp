// SPDX-License-Identifier: Apache-2.0
#include "env/shell/expansion.hpp"

#include "base/text.hpp"
#include "env/entries.hpp"
#include "env/shell/escaped_quotes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::env::shell {

Expanded
Expander::word(Span word, Tilde tilde)
{
  Expanded out;
  pieces(word, {.tilde = tilde}, out);
  return out;
}

void
Expander::pieces(Span at, const Context& context, Expanded& out)
{
  if (context.depth > max_depth) {
    out.is_known = false;
    return;
  }
  const std::size_t first = at.begin;
  while (at.begin < at.end && out.fault == Fault::none) {
    const bool can_be_home =
        context.tilde == Tilde::replaced && text_[at.begin] == '~' && (at.begin == first || text_[at.begin - 1] == ':');
    at.begin += can_be_home ? tilde(at, out) : piece(at, context, out);
    if (out.value.size() > max_value_bytes + text_.size()) {
      out.fault = Fault::file;
      out.why = too_large;
    }
  }
}

void
Expander::literal(std::string_view text, const Context& context, Expanded& out)
{
  if (context.form == Context::Form::text) {
    out.value += text;
    return;
  }
  for (const char c : text) {
    out.value += is_any_of(c, "*?[]\\-!^") ? "\\" : "";
    out.value += c;
  }
}

/// The piece at the front; how long it is.
std::size_t
Expander::piece(Span at, const Context& context, Expanded& out)
{
  const std::string_view rest = at.of(text_);
  const bool is_quoted = context.quotes == Quotes::around;
  const char c = rest.front();
  if (c == '\\') {
    return backslash(at, context, out);
  }
  if (c == '$') {
    return dollar(at, context, out);
  }
  const bool has_single = c == '\'' && !is_quoted;
  if (!has_single && c != '"' && c != '`') {
    const std::size_t plain = is_quoted ? std::min(rest.find_first_of("\\$\"`", 1), rest.size()) : 1;
    is_quoted ? literal(rest.substr(0, plain), context, out) : void(out.value += c);
    return plain;
  }
  const std::size_t end = std::min(end_of_piece(rest, 0, flavor_, context.quotes), rest.size());
  if (c == '`') {
    out.is_known = out.is_known && trim(rest.substr(1, end - 2)).empty();
  } else if (has_single) {
    literal(rest.substr(1, end - 2), context, out);
  } else if (end >= 2) {
    Context inside = context;
    inside.quotes = Quotes::around;
    inside.tilde = Tilde::kept;
    ++inside.depth;
    pieces({at.begin + 1, at.begin + end - 1}, inside, out);
  }
  return end;
}

std::size_t
Expander::backslash(Span at, const Context& context, Expanded& out)
{
  if (at.size() == 1) {
    literal("\\", context, out);
    return 1;
  }
  const char next = text_[at.begin + 1];
  if (next == '\n') {
    return 2;
  }
  const bool keeps_itself = context.quotes == Quotes::around && !is_any_of(next, "$`\"\\");
  literal(text_.substr(at.begin + (keeps_itself ? 0 : 1), keeps_itself ? 2 : 1), context, out);
  return 2;
}

/// A home directory; how long the word for it is.
std::size_t
Expander::tilde(Span at, Expanded& out)
{
  const std::string_view rest = at.of(text_).substr(1);
  const std::size_t end = std::min(rest.find_first_of("/:"), rest.size());
  const std::string_view user = rest.substr(0, end);
  const Known home = variables_.get("HOME");
  const bool is_other = user == "root" || user == "+" || user == "-";
  const bool is_unset = user.empty() && !home.value && flavor_ == Flavor::bash;
  if (is_other || is_unset || (user.empty() && !home.is_known)) {
    out.is_known = false;
  } else if (user.empty() && home.value) {
    out.value += *home.value;
    out.expands = true;
  } else {
    out.value += '~';
    return 1;
  }
  return end + 1;
}

std::size_t
Expander::dollar(Span at, const Context& context, Expanded& out)
{
  const std::string_view rest = at.of(text_);
  const std::size_t end = std::min(end_of_dollar(rest, 0, flavor_, context.quotes), rest.size());
  const Span inside{at.begin + 2, at.begin + std::max<std::size_t>(end, 3) - 1};
  if (end == 1) {
    return plain_dollar(at, context, out);
  }
  if (rest[1] == '{') {
    braces(inside, context, out);
  } else if (rest[1] == '\'') {
    literal(unescaped_quotes(inside.of(text_)), context, out);
  } else if (rest[1] == '"') {
    Context quoted = context;
    quoted.quotes = Quotes::around;
    ++quoted.depth;
    pieces(inside, quoted, out);
  } else if (rest.starts_with("$((") && rest.substr(0, end).ends_with("))")) {
    arithmetic({inside.begin + 1, inside.end - 1}, context, out);
  } else {
    out.is_known = out.is_known && trim(inside.of(text_)).empty();
  }
  return end;
}

/// A dollar sign without brackets; how long the reference is.
std::size_t
Expander::plain_dollar(Span at, const Context& context, Expanded& out)
{
  const std::string_view rest = at.of(text_);
  const std::size_t name = end_of_name(rest, 1);
  const char next = rest.size() > 1 ? rest[1] : '\0';
  if (name > 1) {
    value_of(rest.substr(1, name - 1), variables_.get(rest.substr(1, name - 1)), out);
    return name;
  }
  const bool is_old_sum = flavor_ == Flavor::bash && next == '[' && rest.find(']') != std::string_view::npos;
  if (is_old_sum) {
    const std::size_t end = rest.find(']');
    arithmetic({at.begin + 2, at.begin + end}, context, out);
    return end + 1;
  }
  if (next == '\0' || !(is_digit(next) || is_any_of(next, "@*#?$!-"))) {
    literal("$", context, out);
    return 1;
  }
  value_of(rest.substr(1, 1), known_of(rest.substr(1, 1)), out);
  return 2;
}

/// Of what is no name: digits and signs.
Known
Expander::known_of(std::string_view name) const
{
  if (name.empty() || begins_name(name.front())) {
    return variables_.get(name);
  }
  if (name == "#") {
    return {"0"};
  }
  if (name == "@" || name == "*" || name == "!") {
    return {""};
  }
  if (name == "?" && status_) {
    return {fmt::format("{}", *status_)};
  }
  const bool is_given = is_digit(name.front()) && name != "0";
  return {std::nullopt, is_given};
}

void
Expander::value_of(std::string_view name, const Known& known, Expanded& out)
{
  out.expands = true;
  out.is_known = out.is_known && known.is_known;
  if (refuses_unset_ && known.is_known && !known.value) {
    out.fault = Fault::file;
    out.why = "a variable that is not set is used after set -u";
  }
  out.value += name.empty() ? "" : known.value.value_or("");
}

Sum
Expander::sum_of(Span expression, const Context& context, Expanded& out)
{
  Expanded plain;
  Context inside = context;
  inside.quotes = Quotes::around;
  inside.form = Context::Form::text;
  ++inside.depth;
  pieces(expression, inside, plain);
  out.expands = true;
  if (plain.fault != Fault::none || !plain.is_known) {
    out.fault = plain.fault;
    out.why = plain.why;
    return {Sum::Outcome::unknown, 0};
  }
  const LookUp look_up = [this](std::string_view name, bool& is_known) {
    const Known known = variables_.get(name);
    is_known = known.is_known;
    return known.value;
  };
  return evaluate(plain.value, flavor_, look_up);
}

void
Expander::arithmetic(Span expression, const Context& context, Expanded& out)
{
  const Sum sum = sum_of(expression, context, out);
  if (sum.outcome == Sum::Outcome::wrong) {
    out.fault = flavor_ == Flavor::bash ? Fault::line : Fault::file;
    out.why = "an arithmetic expression has no value";
  }
  out.is_known = out.is_known && sum.outcome == Sum::Outcome::known;
  out.value += fmt::format("{}", sum.value);
}

void
Expander::bad(Expanded& out) const
{
  out.fault = flavor_ == Flavor::bash ? Fault::line : Fault::file;
  out.why = "a ${ begins no reference that the shell knows";
}

}  // namespace sluice::env::shell
