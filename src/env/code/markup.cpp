// SPDX-License-Identifier: Apache-2.0
//
// Markup in code (JSX) and code in markup (pages). Apostrophes and backticks of its prose are no literals: who takes
// them for such does not see what stands between two of them.
#include "base/text.hpp"
#include "env/code/lexing.hpp"

#include <algorithm>

namespace sluice::env::code {

namespace {

constexpr std::size_t npos = std::string_view::npos;

/// Elements of HTML that nothing closes.
constexpr auto without_end = std::to_array<std::string_view>(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"});

bool
is_without_end(std::string_view name)
{
  return std::find(without_end.begin(), without_end.end(), name) != without_end.end();
}

/// The name that a tag has behind its `<` or `</`.
std::string_view
tag_name(std::string_view behind)
{
  std::size_t end = 0;
  while (end < behind.size() && (is_letter(behind[end]) || is_digit(behind[end]) || is_any_of(behind[end], ".-_:"))) {
    ++end;
  }
  return behind.substr(0, end);
}

}  // namespace

/// Whether `<` begins an element here, and no list of TypeScript's types.
bool
Lexer::begins_markup() const
{
  if (!(is_letter(peek()) || peek() == '>') || !may_begin_value()) {
    return false;
  }
  const std::string_view name = tag_name(text_.substr(at_ + 1, 64));
  const std::string_view behind = text_.substr(std::min(text_.size(), at_ + 1 + name.size()), 9);
  return !behind.starts_with(',') && !behind.starts_with(" extends ");
}

void
Lexer::markup(int depth)
{
  const std::uint32_t line = line_;
  const std::uint32_t column = column_;
  int open = 0;
  do {
    if (sees("<!--")) {
      const std::size_t end = text_.find("-->", at_);
      go_to(end == npos ? end : end + 3);
    } else if (text_[at_] == '<') {
      open += tag(depth);
    } else if (text_[at_] == '{') {
      ++at_;
      code({.open = '{', .close = '}'}, depth + 1);
    } else {
      go_to(text_.find_first_of("<{", at_));
    }
  } while (open > 0 && at_ < text_.size());
  if (open > 0) {
    fault(line, "an element is not closed");
  }
  column_ = column;
  add(Token::Kind::number, {}, line_);
}

/// Steps over the types of TypeScript that a component may have: `<Select<Item, "id"> …>`.
void
Lexer::types_of_tag()
{
  int open = 0;
  std::size_t place = at_;
  do {
    const char c = place < text_.size() ? text_[place] : '\0';
    if (c == '\0' || is_any_of(c, "/=;")) {
      return;
    }
    open += c == '<' ? 1 : c == '>' ? -1 : 0;
    ++place;
  } while (open > 0);
  if (text_[at_] == '<') {
    go_to(place);
  }
}

/// Reads a tag with the code of its attributes: by how many elements more are open behind it.
int
Lexer::tag(int depth)
{
  const bool closes = peek() == '/';
  const std::string_view name = tag_name(text_.substr(at_ + (closes ? 2 : 1), 64));
  const int change = is_without_end(name) ? 0 : closes ? -1 : 1;
  at_ += 1 + (closes ? 1 : 0) + name.size();
  types_of_tag();
  bool is_whole = false;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '>') {
      ++at_;
      return is_whole && !closes ? 0 : change;
    }
    if (c == '/' && is_any_of(peek(), "/*") && comment()) {
      continue;
    }
    is_whole = c == '/' || (is_whole && is_blank(c));
    if (c == '"' || c == '\'') {
      const std::size_t end = text_.find(c, at_ + 1);
      go_to(end == npos ? end : end + 1);
    } else if (c == '{') {
      ++at_;
      code({.open = '{', .close = '}'}, depth + 1);
    } else {
      go_to(at_ + 1);
    }
  }
  return change;
}

namespace {

/// A page, stretch by stretch.
class PageReader
{
public:
  PageReader(std::string_view text, const Syntax& syntax, const Page& page)
      : text_(text),
        page_(page),
        lexer_(text, syntax)
  {}

  Tokens
  read()
  {
    if (page_.front_matter == Page::FrontMatter::code && text_.starts_with("---")) {
      lexer_.go_to(3);
      lexer_.code({.mark = "\n---"});
    }
    while (lexer_.place() < text_.size()) {
      lexer_.go_to(text_.find_first_of("<{`", lexer_.place()));
      step(text_.substr(std::min(lexer_.place(), text_.size())));
    }
    return lexer_.take();
  }

private:
  void
  step(std::string_view rest)
  {
    if (rest.starts_with("<!--")) {
      skip_behind("-->", 4);
    } else if (rest.starts_with("<style")) {
      skip_behind("</style", 6);
    } else if (rest.starts_with("<script")) {
      skip_behind(">", 7);
      lexer_.code({.mark = "</script"});
    } else if (rest.starts_with('`') && page_.prose == Page::Prose::markdown) {
      skip_code(rest);
    } else {
      lexer_.go_to(lexer_.place() + 1);
      if (rest.starts_with('{') && page_.braces == Page::Braces::code) {
        lexer_.code({.open = '{', .close = '}'}, 1);
      }
    }
  }

  /// A fence ends at a line of at least as many marks as it begins with, code in a line at exactly as many.
  void
  skip_code(std::string_view rest)
  {
    const std::size_t count = std::min(rest.find_first_not_of('`'), rest.size());
    const std::size_t line = std::min(rest.find('\n'), rest.size());
    const bool is_fence = count >= 3 && rest.substr(count, line - count).find('`') == npos;
    const std::string_view marks = rest.substr(0, count);
    for (std::size_t at = rest.find(marks, is_fence ? line : count); at != npos; at = rest.find(marks, at)) {
      const std::size_t end = std::min(rest.find_first_not_of('`', at), rest.size());
      const std::size_t begin = rest.substr(0, at).rfind('\n');
      const bool begins_line = is_fence && begin != npos && trim(rest.substr(begin, at - begin)).empty();
      if (is_fence ? begins_line : end - at == count) {
        lexer_.go_to(lexer_.place() + end);
        return;
      }
      at = end;
    }
    lexer_.go_to(is_fence ? npos : lexer_.place() + count);
  }

  void
  skip_behind(std::string_view mark, std::size_t from)
  {
    const std::size_t found = text_.find(mark, lexer_.place() + from);
    lexer_.go_to(found == npos ? npos : found + mark.size());
  }

  std::string_view text_;
  const Page& page_;
  Lexer lexer_;
};

}  // namespace

Tokens
tokens_of_page(std::string_view text, const Syntax& syntax, const Page& page)
{
  return PageReader(text, syntax, page).read();
}

}  // namespace sluice::env::code
