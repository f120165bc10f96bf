// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/code/lexing.hpp"
#include "env/shell_name.hpp"

#include <algorithm>
#include <utility>

namespace sluice::env::code {

void
Lexer::block_comment(const Delimiters& delimiters)
{
  const std::uint32_t line = line_;
  const auto& [begin, end] = delimiters;
  std::size_t place = at_ + begin.size();
  std::size_t close = text_.find(end, place);
  for (int open = 1; open > 0;) {
    // Each place is looked at once: an inner beginning is looked for up to the next end, and the end once.
    close = close < place ? text_.find(end, place) : close;
    if (close == std::string_view::npos || end.empty()) {
      // What begins with a line may well end with the text.
      if (begin.front() == '\n') {
        go_to(text_.size());
      } else {
        give_up(line, "a comment is not closed");
      }
      return;
    }
    const std::size_t inner = syntax_.nesting == Syntax::Comments::nested ? text_.substr(0, close).find(begin, place)
                                                                          : std::string_view::npos;
    const bool is_inner = inner != std::string_view::npos;
    open += is_inner ? 1 : -1;
    place = is_inner ? inner + begin.size() : close + end.size();
  }
  go_to(place);
}

bool
Lexer::literal(int depth)
{
  for (const Quote& quote : syntax_.quotes) {
    if (sees(quote.begin) && (quote.place == Quote::Place::any || may_begin_value())) {
      literal(quote, quote.interpolation, depth);
      return true;
    }
  }
  return false;
}

void
Lexer::literal(const Quote& quote, std::string_view interpolation, int depth)
{
  const std::uint32_t line = line_;
  const std::size_t index = tokens_.all.size();
  go_to(at_ + quote.begin.size());
  const std::size_t begin = at_;
  add(Token::Kind::text, {}, line);
  const auto finish = [&] {
    if (tokens_.all[index].is_whole) {
      tokens_.all[index].text = text_.substr(begin, at_ - begin);
    }
  };
  const char escape = quote.escape == Quote::Escape::backslash  ? '\\'
                      : quote.escape == Quote::Escape::backtick ? '`'
                                                                : '\0';
  if (quote.end.empty()) {
    return;
  }
  const bool has_brackets = quote.begin.size() > 1 && is_any_of(quote.end.front(), ")]}>") && quote.end.size() == 1;
  int open = 0;
  while (at_ < text_.size() && (quote.lines == Quote::Lines::many || text_[at_] != '\n')) {
    if (!interpolation.empty() && sees(interpolation) && !skip_doubled(quote, interpolation)) {
      finish();
      tokens_.all[index].is_whole = false;
      // `f"{x:#x}"`: on one line a comment has no room.
      const bool had_comments =
          std::exchange(has_line_comments_, has_line_comments_ && quote.lines == Quote::Lines::many
                                                && interpolation == quote.interpolation);
      interpolated(interpolation, depth);
      has_line_comments_ = had_comments;
    } else if (has_brackets && (text_[at_] == quote.begin.back() || (open > 0 && sees(quote.end)))) {
      open += sees(quote.end) ? -1 : 1;
      ++at_;
    } else if (quote.end.size() == 3 && sees(quote.end) && peek(3) == quote.end.back()) {
      ++at_;  // quotes of the text stand before those that end it
    } else if (sees(quote.end) && !skip_doubled(quote, {})) {
      finish();
      go_to(at_ + quote.end.size());
      return;
    } else if (at_ < text_.size()) {
      go_to(at_ + (escape != 0 && text_[at_] == escape ? 2 : 1));
    }
  }
  finish();
  if (quote.lines == Quote::Lines::many) {
    give_up(line, "a literal is not closed");
  } else if (syntax_.unclosed == Syntax::Unclosed::fault) {
    fault(line, "a literal is not closed");
  }
}

/// Steps over the first of two, where two stand for one as text.
bool
Lexer::skip_doubled(const Quote& quote, std::string_view interpolation)
{
  const std::string_view what = interpolation.empty() ? quote.end : interpolation;
  const bool has_doubled = interpolation.empty() ? quote.escape == Quote::Escape::doubled : interpolation.size() == 1;
  if (!has_doubled || what.empty() || text_.compare(at_ + what.size(), what.size(), what) != 0) {
    return false;
  }
  at_ += what.size();
  return true;
}

void
Lexer::interpolated(std::string_view interpolation, int depth)
{
  const std::size_t bracket = interpolation.find_first_of("({");
  const char open = interpolation[bracket];
  at_ += bracket + 1;
  code({.open = open, .close = open == '(' ? ')' : '}'}, depth + 1);
}

bool
Lexer::begins_regex() const
{
  if (syntax_.regex == Syntax::Regex::no) {
    return false;
  }
  const bool is_argument = syntax_.regex == Syntax::Regex::argument && at_ > 0 && text_[at_ - 1] == ' '
                           && !is_any_of(peek(), " =") && !tokens_.all.empty()
                           && tokens_.all.back().kind == Token::Kind::name;
  return is_argument || may_begin_value();
}

void
Lexer::regex()
{
  bool in_class = false;
  for (std::size_t i = at_ + 1; i < text_.size() && text_[i] != '\n'; ++i) {
    const char c = text_[i];
    if (c == '\\') {
      ++i;
    } else if (c == '/' && !in_class) {
      std::size_t end = i + 1;
      while (end < text_.size() && is_letter(text_[end])) {
        ++end;
      }
      add(Token::Kind::regex, text_.substr(at_, end - at_), line_);
      at_ = end;
      return;
    } else if (c == '[' || c == ']') {
      in_class = c == '[';
    }
  }
  mark();
}

bool
Lexer::begins_here_document()
{
  const std::string_view begin = syntax_.here_documents.begin;
  if (!sees(begin)) {
    return false;
  }
  std::size_t place = at_ + begin.size();
  const std::string_view between = begin == "<<<" ? " " : "-~";
  while (place < text_.size() && is_any_of(text_[place], between)) {
    ++place;
  }
  const char quote = place < text_.size() && is_any_of(text_[place], "'\"`") ? text_[place] : '\0';
  place += quote != 0 ? 1 : 0;
  std::size_t end = place;
  while (end < text_.size() && is_of_name(text_[end])) {
    ++end;
  }
  const bool is_closed = quote == 0 || (end < text_.size() && text_[end] == quote);
  const bool needs_capital = quote == 0 && syntax_.here_documents.names == HereDocuments::Names::capital;
  // `a << b` and `array << CONSTANT` of Ruby are told apart as its own readers do: by capitals without a blank.
  if (end == place || !is_closed || (needs_capital && !is_upper(text_[place]))) {
    return false;
  }
  pending_.push_back({text_.substr(place, end - place), quote != '\''});
  add(Token::Kind::text, {}, line_);
  tokens_.all.back().is_whole = false;
  at_ = end + (quote != 0 ? 1 : 0);
  return true;
}

void
Lexer::here_documents(int depth)
{
  const std::vector<HereDocument> documents = std::move(pending_);
  pending_.clear();
  go_to(at_ + 1);
  for (const HereDocument& document : documents) {
    here_document(document, depth);
  }
}

bool
Lexer::is_end_of(const HereDocument& document) const
{
  std::size_t place = at_;
  while (place < text_.size() && (text_[place] == ' ' || text_[place] == '\t')) {
    ++place;
  }
  if (text_.compare(place, document.name.size(), document.name) != 0) {
    return false;
  }
  place += document.name.size();
  return place == text_.size() || is_any_of(text_[place], "\r\n;,).]");
}

void
Lexer::here_document(const HereDocument& document, int depth)
{
  const std::uint32_t line = line_;
  const std::string_view interpolation = document.has_code ? syntax_.here_documents.interpolation : std::string_view();
  while (at_ < text_.size()) {
    if (is_end_of(document)) {
      go_to(text_.find(document.name, at_) + document.name.size());
      return;
    }
    while (at_ < text_.size() && text_[at_] != '\n') {
      if (!interpolation.empty() && sees(interpolation)) {
        interpolated(interpolation, depth);
      } else {
        at_ = std::min(at_ + (text_[at_] == '\\' && peek() != '\n' ? 2 : 1), text_.size());
      }
    }
    go_to(at_ + 1);
  }
  give_up(line, "a here-document is not closed");
}

}  // namespace sluice::env::code
