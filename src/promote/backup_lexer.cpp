// SPDX-License-Identifier: Apache-2.0
#include "promote/backup_lexer.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice::promote {

namespace {

constexpr std::size_t most_words = 4096;
constexpr std::size_t longest_word = 256;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool
begins_name(char c)
{
  return is_letter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80U;
}

bool
is_of_name(char c)
{
  return begins_name(c) || is_digit(c) || c == '$';
}

bool
is_of_interest(const SqlWord& first)
{
  constexpr std::array<std::string_view, 7> keywords{"copy", "alter", "create", "drop", "grant", "revoke", "set"};
  return first.kind == SqlWord::Kind::bare && std::find(keywords.begin(), keywords.end(), first.text) != keywords.end();
}

}  // namespace

SqlLexer::SqlLexer(std::string_view script)
    : script_(script)
{
  if (script_.starts_with(byte_order_mark)) {
    at_ = byte_order_mark.size();
  }
}

SqlLexer::Piece
SqlLexer::next()
{
  words_.clear();
  first_letters_.clear();
  depth_ = 0;
  block_depth_ = 0;
  has_begun_ = false;
  while (at_ < script_.size()) {
    if (script_[at_] == '\\') {
      command_ = script_.substr(at_, script_.find('\n', at_) - at_);
      at_ += command_.size();
      return Piece::command;
    }
    switch (step()) {
    case Step::go_on:
      break;
    case Step::is_cut_off:
      return Piece::cut_off;
    case Step::statement_ends:
      return copies_from_input() && !pass_copy_data() ? Piece::cut_off : Piece::statement;
    }
  }
  return has_begun_ ? Piece::cut_off : Piece::end;
}

std::size_t
SqlLexer::line() const
{
  return 1
         + static_cast<std::size_t>(
             std::count(script_.begin(), script_.begin() + static_cast<std::ptrdiff_t>(at_), '\n'));
}

bool
SqlLexer::looks_at(std::string_view text) const
{
  return script_.substr(at_).starts_with(text);
}

SqlLexer::Step
SqlLexer::step()
{
  const char c = script_[at_];
  if (is_blank(c)) {
    ++at_;
    return Step::go_on;
  }
  if (looks_at("--")) {
    pass_line_comment();
    return Step::go_on;
  }
  if (looks_at("/*")) {
    return pass_block_comment();
  }
  has_begun_ = true;
  if (c == '\'') {
    return pass_string(Escapes::none);
  }
  if (c == '"') {
    return pass_quoted_name();
  }
  if (c == '$') {
    return pass_dollar();
  }
  return begins_name(c) ? pass_bare_word() : pass_symbol(c);
}

void
SqlLexer::pass_line_comment()
{
  const std::size_t end = std::min(script_.find('\n', at_), script_.size());
  const std::string_view comment = script_.substr(at_ + 2, end - at_ - 2);
  last_comment_ = trim(comment).empty() ? last_comment_ : comment;
  at_ = end;
}

SqlLexer::Step
SqlLexer::pass_block_comment()
{
  std::size_t depth = 0;
  do {
    at_ = script_.find_first_of("/*", at_);
    if (at_ == std::string_view::npos) {
      at_ = script_.size();
      return Step::is_cut_off;
    }
    const bool opens = looks_at("/*");
    const bool closes = looks_at("*/");
    depth = opens ? depth + 1 : depth - (closes ? 1U : 0U);
    at_ += opens || closes ? 2U : 1U;
  } while (depth > 0);
  return Step::go_on;
}

/// Two quotes in a row are a quote, and in a string with escapes so is one behind a backslash.
SqlLexer::Step
SqlLexer::pass_string(Escapes escapes)
{
  const std::size_t begin = ++at_;
  for (; at_ < script_.size(); ++at_) {
    if (escapes == Escapes::some && script_[at_] == '\\') {
      ++at_;
    } else if (looks_at("''")) {
      ++at_;
    } else if (script_[at_] == '\'') {
      const std::size_t next = escapes == Escapes::some ? begin_of_continuation() : std::string_view::npos;
      if (next == std::string_view::npos) {
        add(SqlWord::Kind::literal, script_.substr(begin, at_++ - begin));
        return Step::go_on;
      }
      at_ = next;
    }
  }
  at_ = script_.size();
  return Step::is_cut_off;
}

/// Where the quote is behind which the string that ends here goes on, escapes and all: there is nothing but blanks
/// between, with a line feed. An ordinary string may as well be two.
std::size_t
SqlLexer::begin_of_continuation() const
{
  const std::size_t next = script_.find_first_not_of(" \t\r\n\f\v", at_ + 1);
  const bool goes_on = next != std::string_view::npos && script_[next] == '\''
                       && script_.substr(at_ + 1, next - at_ - 1).find_first_of("\r\n") != std::string_view::npos;
  return goes_on ? next : std::string_view::npos;
}

SqlLexer::Step
SqlLexer::pass_quoted_name()
{
  const std::size_t begin = ++at_;
  for (; at_ < script_.size(); ++at_) {
    if (script_[at_] != '"') {
      continue;
    }
    if (looks_at("\"\"")) {
      ++at_;
      continue;
    }
    add(SqlWord::Kind::quoted, replace_all(script_.substr(begin, std::min(at_ - begin, longest_word)), "\"\"", "\""));
    ++at_;
    return Step::go_on;
  }
  return Step::is_cut_off;
}

/// `$tag$ … $tag$`, or a dollar of something else.
SqlLexer::Step
SqlLexer::pass_dollar()
{
  std::size_t end = at_ + 1;
  if (end < script_.size() && begins_name(script_[end])) {
    while (end < script_.size() && is_of_name(script_[end]) && script_[end] != '$') {
      ++end;
    }
  }
  if (end >= script_.size() || script_[end] != '$') {
    return pass_symbol('$');
  }
  const std::string_view quote = script_.substr(at_, end + 1 - at_);
  const std::size_t closing = script_.find(quote, end + 1);
  if (closing == std::string_view::npos) {
    at_ = script_.size();
    return Step::is_cut_off;
  }
  add(SqlWord::Kind::literal, script_.substr(end + 1, closing - end - 1));
  at_ = closing + quote.size();
  return Step::go_on;
}

SqlLexer::Step
SqlLexer::pass_symbol(char c)
{
  ++at_;
  if (c == ';' && depth_ == 0 && block_depth_ == 0) {
    return Step::statement_ends;
  }
  if (c == '(') {
    ++depth_;
  } else if (c == ')' && depth_ > 0) {
    --depth_;
  }
  add(SqlWord::Kind::symbol, std::string_view(&c, 1));
  return Step::go_on;
}

SqlLexer::Step
SqlLexer::pass_bare_word()
{
  const std::size_t begin = at_;
  while (at_ < script_.size() && is_of_name(script_[at_])) {
    ++at_;
  }
  const std::string word = to_lower(script_.substr(begin, std::min(at_ - begin, longest_word)));
  if (word == "e" && looks_at("'")) {
    return pass_string(Escapes::some);
  }
  count_blocks(word);
  add(SqlWord::Kind::bare, word);
  return Step::go_on;
}

/// psql knows the body of a routine in SQL, whose semicolons end no statement, by how the statement begins:
/// CREATE [OR REPLACE] {FUNCTION | PROCEDURE}.
void
SqlLexer::count_blocks(std::string_view keyword)
{
  if (first_letters_.size() < 4) {
    constexpr std::array<std::string_view, 5> known{"create", "or", "replace", "function", "procedure"};
    const bool is_known = std::find(known.begin(), known.end(), keyword) != known.end();
    first_letters_ += is_known ? keyword.front() : '-';
  }
  const std::string_view letters = first_letters_;
  const auto is_routine = [](char c) { return c == 'f' || c == 'p'; };
  const bool may_hold_blocks = depth_ == 0 && letters.starts_with('c')
                               && ((letters.size() > 1 && is_routine(letters[1]))
                                   || (letters.size() > 3 && letters.substr(1, 2) == "or" && is_routine(letters[3])));
  if (!may_hold_blocks) {
    return;
  }
  if (keyword == "begin" || (keyword == "case" && block_depth_ > 0)) {
    ++block_depth_;
  } else if (keyword == "end" && block_depth_ > 0) {
    --block_depth_;
  }
}

void
SqlLexer::add(SqlWord::Kind kind, std::string_view text)
{
  const std::size_t most = words_.empty() || is_of_interest(words_.front()) ? most_words : 1;
  if (words_.size() < most) {
    words_.push_back({kind, std::string(text.substr(0, longest_word))});
  }
}

bool
SqlLexer::copies_from_input() const
{
  if (words_.empty() || !words_.front().is("copy")) {
    return false;
  }
  for (std::size_t i = 1; i < words_.size(); ++i) {
    if (words_[i].is("stdin") && words_[i - 1].is("from")) {
      return true;
    }
  }
  return false;
}

/// False if the data does not end with its mark, or does not begin on a line of its own.
bool
SqlLexer::pass_copy_data()
{
  std::size_t begin = script_.find('\n', at_);
  if (!trim(script_.substr(at_, begin - at_)).empty()) {
    return false;
  }
  while (begin < script_.size()) {
    const std::size_t end = std::min(script_.find('\n', begin + 1), script_.size());
    std::string_view line = script_.substr(begin + 1, end - begin - 1);
    if (line == "\\." || line == "\\.\r") {
      at_ = end;
      return true;
    }
    begin = end;
  }
  at_ = script_.size();
  return false;
}

}  // namespace sluice::promote
