// SPDX-License-Identifier: Apache-2.0
//
// What a dollar sign begins: parameters, commands and sums.
#include "env/script/parser.hpp"
#include "env/script/words.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::script {

namespace {

constexpr std::string_view special_parameters = "@*#?-$!0123456789";

struct Operation
{
  std::string_view sign;
  Piece::Form form;
};

constexpr auto operations = std::to_array<Operation>({{":-", Piece::Form::defaulted},
                                                      {"-", Piece::Form::defaulted},
                                                      {":=", Piece::Form::assigned},
                                                      {"=", Piece::Form::assigned},
                                                      {":?", Piece::Form::required},
                                                      {"?", Piece::Form::required},
                                                      {":+", Piece::Form::alternative},
                                                      {"+", Piece::Form::alternative}});

}  // namespace

void
Parser::dollar(Inside inside, std::vector<Piece>& pieces)
{
  const char next = at_ + 1 < end_ ? text_[at_ + 1] : '\0';
  const bool is_bare = inside == Inside::nothing || inside == Inside::braces;
  if (sees("$((") && (++at_, is_sum())) {
    Piece piece{.kind = Piece::Kind::sum, .at = {at_ - 1, at_}};
    at_ += 2;
    sum(piece.inside);
    piece.at.end = at_;
    pieces.push_back(std::move(piece));
  } else if (next == '(') {
    at_ -= text_[at_] == '(' ? 1 : 0;
    substitution(pieces);
  } else if (next == '{') {
    braces(inside, pieces);
  } else if (next == '\'' && is_bare) {
    escaped_quotes(pieces);
  } else if (next == '"' && is_bare) {
    ++at_;
  } else if (begins_name(next)) {
    const std::size_t end = end_of_name(at_ + 1);
    pieces.push_back({.kind = Piece::Kind::parameter, .at = {at_, end}, .name = {at_ + 1, end}});
    at_ = end;
  } else if (next != '\0' && is_any_of(next, special_parameters)) {
    pieces.push_back({.kind = Piece::Kind::parameter, .at = {at_, at_ + 2}});
    at_ += 2;
  } else {
    add_text({at_, at_ + 1}, pieces);
    ++at_;
  }
}

void
Parser::braces(Inside inside, std::vector<Piece>& pieces)
{
  const Depth depth(*this);
  if (is_at_end()) {
    return;
  }
  Piece whole{.kind = Piece::Kind::parameter, .at = {at_, at_}};
  at_ += 2;
  parameter_name(whole);
  operation(whole);
  const bool is_quoted = inside == Inside::quotes || inside == Inside::document || inside == Inside::braces_in_quotes;
  while (!is_at_end() && piece(is_quoted ? Inside::braces_in_quotes : Inside::braces, whole.inside)) {
  }
  if (is_at_end()) {
    fail(whole.at.begin, "a brace behind `$` is not closed");
  } else {
    whole.at.end = ++at_;
  }
  pieces.push_back(std::move(whole));
}

/// What stands in front of the operation: `!X`, `#X`, `X[…]`, `@`, and the flags in brackets of zsh.
void
Parser::parameter_name(Piece& piece)
{
  if (sees("(")) {
    at_ += std::min(rest().find_first_of(")\n}"), rest().size());
    at_ += sees(")") ? 1 : 0;
  }
  const char next = at_ + 1 < end_ ? text_[at_ + 1] : '\0';
  if (sees("!") && is_of_name(next)) {
    piece.form = Piece::Form::indirect;
    ++at_;
  } else if (sees("#") && (begins_name(next) || is_digit(next) || is_any_of(next, "@*"))) {
    ++at_;
  }
  piece.name = {at_, end_of_name(at_)};
  at_ = piece.name.end;
  if (piece.name.size() == 0) {
    while (!is_at_end() && is_digit(text_[at_])) {
      ++at_;
    }
    at_ += !is_at_end() && is_any_of(text_[at_], "@*#?-$!") ? 1 : 0;
  } else if (sees("[")) {
    subscript(piece);
  }
}

void
Parser::subscript(Piece& whole)
{
  whole.form = Piece::Form::element;
  ++at_;
  while (!is_at_end() && !sees("]") && piece(Inside::braces, whole.inside)) {
  }
  at_ += sees("]") ? 1 : 0;
}

void
Parser::operation(Piece& piece)
{
  const auto found =
      std::find_if(operations.begin(), operations.end(), [this](const Operation& each) { return sees(each.sign); });
  if (piece.form == Piece::Form::indirect) {
    piece.form = sees("@}") || sees("*}") ? Piece::Form::prefix : piece.form;
  } else if (found != operations.end()) {
    piece.form = piece.form == Piece::Form::element ? piece.form : found->form;
    at_ += found->sign.size();
  }
}

/// Whether what begins with two brackets is a sum and not a group of commands in another.
bool
Parser::is_sum() const
{
  int open = 0;
  for (std::size_t i = at_; i < end_; ++i) {
    open += text_[i] == '(' ? 1 : 0;
    open -= text_[i] == ')' ? 1 : 0;
    i += text_[i] == '\\' ? 1 : 0;
    if (open == 1 && i > at_ && text_[std::min(i, end_ - 1)] == ')') {
      return i + 1 < end_ && text_[i + 1] == ')';
    }
  }
  return false;
}

/// From behind the two brackets that open it.
void
Parser::sum(std::vector<Piece>& pieces)
{
  const Depth depth(*this);
  const std::size_t open = at_;
  for (int brackets = 0; !is_at_end();) {
    const char c = text_[at_];
    if (brackets == 0 && sees("))")) {
      at_ += 2;
      return;
    }
    brackets += c == '(' ? 1 : 0;
    brackets -= c == ')' ? 1 : 0;
    if (begins_name(c)) {
      name_in_sum(pieces);
    } else if (is_digit(c)) {
      while (!is_at_end() && (is_of_name(text_[at_]) || text_[at_] == '#')) {
        ++at_;
      }
    } else if (c == '$' || c == '`') {
      piece(Inside::quotes, pieces);
    } else {
      ++at_;
    }
  }
  fail(open, "a sum in brackets is not closed");
}

void
Parser::name_in_sum(std::vector<Piece>& pieces)
{
  Piece piece{.kind = Piece::Kind::parameter, .form = Piece::Form::in_sum, .at = {at_, end_of_name(at_)}};
  piece.name = piece.at;
  const std::string_view before = text_.substr(0, at_);
  at_ = piece.at.end;
  const std::string_view behind = rest().substr(std::min(rest().find_first_not_of(' '), rest().size()));
  const std::string_view sign = behind.substr(0, std::min(behind.find_first_not_of("+-*/%&|^<>"), behind.size()));
  const bool counts =
      behind.starts_with("++") || behind.starts_with("--") || before.ends_with("++") || before.ends_with("--");
  const bool assigns = behind.substr(sign.size()).starts_with('=') && !behind.substr(sign.size()).starts_with("==")
                       && sign != "<" && sign != ">";
  if (sees("[")) {
    piece.form = Piece::Form::element;
  } else if (counts || assigns) {
    piece.form = Piece::Form::set_in_sum;
  }
  pieces.push_back(std::move(piece));
}

}  // namespace sluice::env::script
