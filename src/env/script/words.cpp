// SPDX-License-Identifier: Apache-2.0
//
// Words and quotes.
#include "env/script/words.hpp"

#include "env/script/parser.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::env::script {

namespace {

constexpr std::size_t max_subscript = 256;

}  // namespace

std::size_t
Parser::end_of_name(std::size_t at) const
{
  return env::end_of_name(text_.substr(0, end_), at);
}

void
Parser::add_text(Span at, std::vector<Piece>& pieces)
{
  if (!pieces.empty() && pieces.back().kind == Piece::Kind::text && pieces.back().at.end == at.begin) {
    pieces.back().at.end = at.end;
  } else {
    pieces.push_back({.kind = Piece::Kind::text, .at = at});
  }
}

Word
Parser::word()
{
  Word word{.at = {at_, at_}};
  while (!is_at_end()) {
    if (sees("<(") || sees(">(")) {
      substitution(word.pieces);
    } else if (sees("(") && at_ > word.at.begin && is_any_of(text_[at_ - 1], "?*+@!")) {
      brackets_of_pattern(word.pieces);
    } else if (ends_word(text_[at_])) {
      break;
    } else {
      piece(Inside::nothing, word.pieces);
    }
  }
  word.at.end = std::min(at_, text_.size());
  return word;
}

std::optional<Assignment>
Parser::assignment()
{
  Assignment assignment{.name = {at_, end_of_name(at_)}};
  std::size_t sign = assignment.name.end;
  if (sign == at_) {
    return std::nullopt;
  }
  if (sign < end_ && text_[sign] == '[') {
    const std::string_view subscript = rest().substr(sign - at_, max_subscript);
    const std::size_t close = subscript.find_first_of("]\n");
    assignment.is_array = true;
    sign = close != std::string_view::npos && subscript[close] == ']' ? sign + close + 1 : end_;
  }
  sign += text_.substr(sign, 2) == "+=" ? 1 : 0;
  if (sign >= end_ || text_[sign] != '=') {
    return std::nullopt;
  }
  assignment.at.begin = at_;
  at_ = sign + 1;
  if (sees("(")) {
    array(assignment);
  } else {
    assignment.value = word();
  }
  assignment.at.end = at_;
  return assignment;
}

void
Parser::array(Assignment& assignment)
{
  const std::size_t open = at_++;
  assignment.is_array = true;
  while (!is_at_end() && !sees(")")) {
    skip_blanks();
    if (is_at_end() || sees(")")) {
      break;
    }
    if (is_any_of(text_[at_], "\n;&|(") || (is_any_of(text_[at_], "<>") && !sees("<(") && !sees(">("))) {
      ++at_;
    } else {
      assignment.items.push_back(word());
    }
  }
  if (is_at_end()) {
    fail(open, "an array is not closed");
  } else {
    ++at_;
  }
}

/// The next piece; false before what ends the pieces.
bool
Parser::piece(Inside inside, std::vector<Piece>& pieces)
{
  const bool is_quoted = inside == Inside::quotes || inside == Inside::document || inside == Inside::braces_in_quotes;
  const bool is_braced = inside == Inside::braces || inside == Inside::braces_in_quotes;
  const char c = text_[at_];
  if (c == '\\') {
    backslash(inside, pieces);
  } else if (c == '\'' && !is_quoted) {
    single_quotes(pieces);
  } else if (c == '"' && inside == Inside::quotes) {
    return false;
  } else if (c == '"' && inside != Inside::document) {
    double_quotes(pieces);
  } else if (c == '`') {
    backticks(pieces);
  } else if (c == '$') {
    dollar(inside, pieces);
  } else if (c == '}' && is_braced) {
    return false;
  } else {
    add_text({at_, at_ + 1}, pieces);
    ++at_;
  }
  return true;
}

void
Parser::backslash(Inside inside, std::vector<Piece>& pieces)
{
  const char next = at_ + 1 < end_ ? text_[at_ + 1] : '\0';
  const bool is_quoted = inside == Inside::quotes || inside == Inside::document;
  const bool is_taken = !is_quoted || is_any_of(next, "$`\"\\\n");
  if (next != '\n' && at_ + 1 < end_) {
    add_text({is_taken ? at_ + 1 : at_, at_ + 2}, pieces);
  }
  at_ = std::min(at_ + 2, end_);
}

void
Parser::double_quotes(std::vector<Piece>& pieces)
{
  const Depth depth(*this);
  if (is_at_end()) {
    return;
  }
  const std::size_t open = at_++;
  while (!is_at_end() && piece(Inside::quotes, pieces)) {
  }
  if (is_at_end()) {
    fail(open, "a double quote is not closed");
  } else {
    ++at_;
  }
}

void
Parser::single_quotes(std::vector<Piece>& pieces)
{
  const std::size_t open = at_++;
  const std::size_t close = at_ + std::min(rest().find('\''), rest().size());
  if (close >= end_) {
    fail(open, "a single quote is not closed");
    return;
  }
  add_text({at_, close}, pieces);
  at_ = close + 1;
}

/// Bash's `$'…'`, in which a backslash takes the next character.
void
Parser::escaped_quotes(std::vector<Piece>& pieces)
{
  const std::size_t open = at_;
  at_ += 2;
  const std::size_t begin = at_;
  while (!is_at_end() && text_[at_] != '\'') {
    at_ += text_[at_] == '\\' ? 2 : 1;
  }
  if (is_at_end()) {
    fail(open, "a quote `$'` is not closed");
    return;
  }
  add_text({begin, at_}, pieces);
  ++at_;
}

void
Parser::backticks(std::vector<Piece>& pieces)
{
  const std::size_t open = at_;
  std::size_t close = open + 1;
  while (close < end_ && text_[close] != '`') {
    close += text_[close] == '\\' ? 2 : 1;
  }
  if (close >= end_) {
    fail(open, "a backtick is not closed");
    return;
  }
  Piece piece{.kind = Piece::Kind::commands, .at = {open, close + 1}};
  const std::size_t end = std::exchange(end_, close);
  at_ = open + 1;
  piece.commands = keep(list(End::text));
  end_ = end;
  at_ = close + 1;
  pieces.push_back(std::move(piece));
}

std::size_t
Parser::keep(std::vector<Node> commands)
{
  tree_.lists.push_back(std::move(commands));
  return tree_.lists.size() - 1;
}

/// `$(…)`, `<(…)` and `>(…)`.
void
Parser::substitution(std::vector<Piece>& pieces)
{
  Piece piece{.kind = Piece::Kind::commands, .at = {at_, at_}};
  at_ += 2;
  piece.commands = keep(list(End::bracket));
  if (is_at_end()) {
    fail(piece.at.begin, "a command in brackets is not closed");
  } else {
    piece.at.end = ++at_;
  }
  pieces.push_back(std::move(piece));
}

/// The brackets of a pattern like `@(a|b)`.
void
Parser::brackets_of_pattern(std::vector<Piece>& pieces)
{
  int open = 0;
  do {
    open += sees("(") ? 1 : 0;
    open -= sees(")") ? 1 : 0;
    piece(Inside::nothing, pieces);
  } while (open > 0 && !is_at_end());
}

std::optional<std::string>
literal_of(std::string_view text, const std::vector<Piece>& pieces)
{
  std::string literal;
  for (const Piece& piece : pieces) {
    if (piece.kind != Piece::Kind::text) {
      return std::nullopt;
    }
    literal += piece.at.of(text);
  }
  return literal;
}

bool
is_handed_on(std::string_view text, const Assignment& assignment)
{
  const std::vector<Piece>& pieces = assignment.value.pieces;
  return pieces.size() == 1 && pieces.front().kind == Piece::Kind::parameter
         && (pieces.front().form == Piece::Form::plain || pieces.front().form == Piece::Form::required)
         && pieces.front().name.of(text) == assignment.name.of(text);
}

}  // namespace sluice::env::script
