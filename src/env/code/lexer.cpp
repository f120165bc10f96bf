// SPDX-License-Identifier: Apache-2.0
#include "env/code/lexer.hpp"

#include "base/one_of.hpp"
#include "base/text.hpp"
#include "env/code/lexing.hpp"

#include <algorithm>

namespace sluice::env::code {

namespace {

constexpr int max_depth = 64;

/// Names behind which a value begins, so that a slash there begins a regular expression.
constexpr auto before_values = std::to_array<std::string_view>(
    {"return", "typeof",     "case",    "in",   "of", "delete", "void",   "throw", "new", "else", "do",   "yield",
     "await",  "instanceof", "default", "when", "if", "elsif",  "unless", "and",   "or",  "not",  "then", "puts"});

constexpr auto conditions = std::to_array<std::string_view>({"if", "while", "for", "with"});

}  // namespace

Lexer::Lexer(std::string_view text, const Syntax& syntax)
    : text_(text),
      syntax_(syntax)
{
  const auto note = [this](std::string_view begin) {
    may_be_special_[static_cast<unsigned char>(begin.front())] = true;
  };
  for (const std::string_view begin : syntax.line_comments) {
    note(begin);
  }
  for (const Delimiters& delimiters : syntax.block_comments) {
    note(delimiters.first);
  }
  for (const Quote& quote : syntax.quotes) {
    note(quote.begin);
  }
  tokens_.all.reserve(text.size() / 6);
  if (text.starts_with("#!")) {
    go_to(text.find('\n'));
  }
}

void
Lexer::go_to(std::size_t place)
{
  place = std::min(place, text_.size());
  const auto passed = static_cast<std::uint32_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                            text_.begin() + static_cast<std::ptrdiff_t>(place), '\n'));
  line_ += passed;
  line_begin_ = passed > 0 ? text_.rfind('\n', place - 1) + 1 : line_begin_;
  at_ = place;
}

char
Lexer::peek(std::size_t ahead) const
{
  return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
}

bool
Lexer::is_name(char c) const
{
  return is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80U || is_any_of(c, syntax_.name_marks);
}

void
Lexer::add(Token::Kind kind, std::string_view text, std::uint32_t line)
{
  tokens_.all.push_back({.text = text, .line = line, .column = column_, .kind = kind});
  is_behind_condition_ = false;
  is_at_begin_ = false;
}

void
Lexer::fault(std::uint32_t line, std::string_view why)
{
  if (!tokens_.fault) {
    tokens_.fault = Fault{line, why};
  }
}

void
Lexer::give_up(std::uint32_t line, std::string_view why)
{
  fault(line, why);
  at_ = text_.size();
}

void
Lexer::code(const Until& until, int depth)
{
  if (depth > max_depth) {
    give_up(line_, "code is nested too deep");
    return;
  }
  const std::uint32_t line = line_;
  int open = 0;
  is_at_begin_ = true;
  while (at_ < text_.size()) {
    if (!until.mark.empty() && sees(until.mark)) {
      go_to(at_ + until.mark.size());
      is_at_begin_ = false;
      return;
    }
    const char c = text_[at_];
    if (until.close != 0 && (c == until.open || c == until.close)) {
      open += c == until.open ? 1 : -1;
      if (open < 0) {
        ++at_;
        is_at_begin_ = false;
        return;
      }
    }
    token(depth);
  }
  if (until.close != 0) {
    fault(line, "a bracket is not closed");
  }
}

void
Lexer::islands()
{
  // Each beginning is looked for once, however often another one stands before it.
  std::vector<std::size_t> places(syntax_.islands.size(), 0);
  while (at_ < text_.size()) {
    std::size_t nearest = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (places[i] != std::string_view::npos && (places[i] < at_ || places[i] == 0)) {
        places[i] = text_.find(syntax_.islands[i].first, at_);
      }
      nearest = places[i] < places[nearest] ? i : nearest;
    }
    if (places[nearest] == std::string_view::npos) {
      return;
    }
    go_to(places[nearest] + syntax_.islands[nearest].first.size());
    island_end_ = syntax_.islands[nearest].second;
    code({.mark = island_end_});
    // What one prints is not what the next assigns: `<%= ENV["A"] %> <%= ENV["B"] %>`.
    add(Token::Kind::mark, ";", line_);
  }
}

void
Lexer::token(int depth)
{
  const char c = text_[at_];
  column_ = static_cast<std::uint32_t>(at_ - line_begin_);
  if (c == '\n' && !pending_.empty()) {
    here_documents(depth);
    return;
  }
  if (may_be_special_[static_cast<unsigned char>(c)] && (comment() || literal(depth))) {
    return;
  }
  if (c == '\n') {
    go_to(at_ + 1);
  } else if (is_blank(c)) {
    ++at_;
  } else if (is_name(c)) {
    word(depth);
  } else if (c == '/' && begins_regex()) {
    regex();
  } else if (syntax_.markup == Syntax::Markup::yes && c == '<' && begins_markup()) {
    markup(depth);
  } else if (syntax_.here_documents.begin.empty() || !begins_here_document()) {
    mark();
  }
}

void
Lexer::mark()
{
  const char c = text_[at_];
  bool closes_condition = false;
  if (c == '(') {
    const bool is_asked = !tokens_.all.empty() && tokens_.all.back().kind == Token::Kind::name
                          && is_one_of(tokens_.all.back().text, conditions);
    conditions_.push_back(is_asked);
  } else if (c == ')' && !conditions_.empty()) {
    closes_condition = conditions_.back();
    conditions_.pop_back();
  }
  add(Token::Kind::mark, text_.substr(at_, 1), line_);
  is_behind_condition_ = closes_condition;
  ++at_;
}

void
Lexer::word(int depth)
{
  const std::size_t begin = at_;
  bool may_be_prefix = !syntax_.prefixes.letters.empty();
  while (at_ < text_.size() && is_name(text_[at_])) {
    may_be_prefix = may_be_prefix && is_any_of(text_[at_], syntax_.prefixes.letters);
    ++at_;
  }
  const std::string_view text = text_.substr(begin, at_ - begin);
  if (may_be_prefix && text.size() <= 2 && at_ < text_.size()) {
    const bool has_code = text.find_first_of(syntax_.prefixes.interpolating) != std::string_view::npos;
    for (const Quote& quote : syntax_.quotes) {
      if (sees(quote.begin)) {
        literal(quote, has_code ? syntax_.prefixes.interpolation : quote.interpolation, depth);
        return;
      }
    }
  }
  if (!is_digit(text.front())) {
    add(Token::Kind::name, text, line_);
    return;
  }
  // "1.5" is one number, "1..5" and "1.times" are not.
  while (at_ < text_.size() && (text_[at_] == '.' ? is_digit(peek()) : is_name(text_[at_]))) {
    ++at_;
  }
  add(Token::Kind::number, text_.substr(begin, at_ - begin), line_);
}

bool
Lexer::comment()
{
  for (const Delimiters& delimiters : syntax_.block_comments) {
    if (sees(delimiters.first)) {
      block_comment(delimiters);
      return true;
    }
  }
  if (!has_line_comments_ || (!syntax_.no_comment.empty() && sees(syntax_.no_comment))) {
    return false;
  }
  for (const std::string_view begin : syntax_.line_comments) {
    if (sees(begin)) {
      const std::size_t end = text_.find('\n', at_);
      const std::size_t island =
          island_end_.empty() ? std::string_view::npos : text_.substr(0, end).find(island_end_, at_);
      go_to(std::min(end, island));
      return true;
    }
  }
  return false;
}

/// Whether the tokens up to now are a value, so that an operator follows and no other value.
bool
Lexer::ends_value(const Token& last) const
{
  switch (last.kind) {
  case Token::Kind::text:
  case Token::Kind::number:
  case Token::Kind::regex:
    return true;
  case Token::Kind::name:
    return !is_one_of(last.text, before_values);
  case Token::Kind::mark:
    break;
  }
  const char mark = last.text.front();
  if (is_any_of(mark, "]}")) {
    return true;
  }
  const std::size_t count = tokens_.all.size();
  const bool has_two = count > 1 && tokens_.all[count - 2].kind != Token::Kind::text;
  if (has_two && is_any_of(mark, "+-")) {
    return tokens_.all[count - 2].text == last.text;
  }
  // TypeScript's `value!`
  if (has_two && mark == '!') {
    return tokens_.all[count - 2].kind == Token::Kind::name && !is_one_of(tokens_.all[count - 2].text, before_values);
  }
  return mark == ')' && !is_behind_condition_;
}

bool
Lexer::may_begin_value() const
{
  if (is_at_begin_ || tokens_.all.empty()) {
    return true;
  }
  const Token& last = tokens_.all.back();
  // Where a line ends a statement, no operator begins the next. A literal may have begun lines before.
  const bool is_statement =
      syntax_.regex == Syntax::Regex::argument && last.kind != Token::Kind::text && last.line < line_;
  return is_statement || !ends_value(last);
}

Tokens
tokens_of(std::string_view text, const Syntax& syntax)
{
  Lexer lexer(text, syntax);
  if (syntax.islands.empty()) {
    lexer.code({});
  } else {
    lexer.islands();
  }
  return lexer.take();
}

}  // namespace sluice::env::code
