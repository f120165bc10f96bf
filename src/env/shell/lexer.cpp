// SPDX-License-Identifier: Apache-2.0
#include "env/shell/lexer.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace sluice::env::shell {

namespace {

// Longer ones first.
constexpr auto common_redirections =
    std::to_array<std::string_view>({"<<-", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">"});
constexpr auto bash_redirections = std::to_array<std::string_view>({"&>>", "&>", "<<<"});
constexpr auto common_operations = std::to_array<std::string_view>({"&&", "&", "||", "|", ";;", ";", "(", ")"});
constexpr auto bash_operations = std::to_array<std::string_view>({";;&", ";&", "|&"});

std::size_t
length_of_one(std::string_view text, std::span<const std::string_view> signs)
{
  const auto found = std::find_if(signs.begin(), signs.end(), [text](auto sign) { return text.starts_with(sign); });
  return found == signs.end() ? 0 : found->size();
}

std::size_t
length_of_either(std::string_view text, Flavor flavor, std::span<const std::string_view> bash,
                 std::span<const std::string_view> common)
{
  const std::size_t own = flavor == Flavor::bash ? length_of_one(text, bash) : 0;
  return own > 0 ? own : length_of_one(text, common);
}

bool
ends_word(char c)
{
  return is_any_of(c, " \t\n;&|<>()");
}

}  // namespace

const Token&
Lexer::peek()
{
  if (!has_next_) {
    next_ = read();
    has_next_ = true;
  }
  return next_;
}

Token
Lexer::take()
{
  const Token token = peek();
  has_next_ = false;
  taken_ = token.at.end;
  if (token.kind == Token::Kind::newline) {
    skip_documents();
  }
  return token;
}

bool
Lexer::sees(std::string_view text)
{
  const Token& token = peek();
  const bool has_text = token.kind == Token::Kind::word || token.kind == Token::Kind::operation;
  return has_text && token.at.of(text_) == text;
}

void
Lexer::expect_document(Span delimiter, bool drops_tabs)
{
  std::string plain;
  for (const char c : delimiter.of(text_)) {
    if (!is_any_of(c, "\\'\"")) {
      plain += c;
    }
  }
  documents_.push_back({std::move(plain), drops_tabs});
}

void
Lexer::skip_blanks()
{
  while (at_ < text_.size()) {
    if (text_.substr(at_).starts_with("\\\n")) {
      at_ += 2;
    } else if (is_any_of(text_[at_], " \t")) {
      ++at_;
    } else {
      break;
    }
  }
  if (at_ < text_.size() && text_[at_] == '#') {
    at_ = std::min(text_.find('\n', at_), text_.size());
  }
}

void
Lexer::skip_documents()
{
  for (const Document& document : documents_) {
    while (at_ < text_.size()) {
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      std::string_view line = text_.substr(at_, end - at_);
      line.remove_prefix(document.drops_tabs ? std::min(line.find_first_not_of('\t'), line.size()) : 0);
      at_ = std::min(end + 1, text_.size());
      if (line == document.delimiter) {
        break;
      }
    }
  }
  documents_.clear();
}

Token
Lexer::read()
{
  skip_blanks();
  const std::string_view rest = text_.substr(at_);
  Token token{Token::Kind::end, {at_, at_}};
  if (rest.empty()) {
    return token;
  }
  const bool is_process = flavor_ == Flavor::bash && (rest.starts_with("<(") || rest.starts_with(">("));
  const std::size_t redirection =
      is_process ? 0 : length_of_either(rest, flavor_, bash_redirections, common_redirections);
  const std::size_t operation = length_of_either(rest, flavor_, bash_operations, common_operations);
  if (rest.front() == '\n') {
    token = {Token::Kind::newline, {at_, at_ + 1}};
  } else if (redirection > 0) {
    token = {Token::Kind::redirection, {at_, at_ + redirection}};
  } else if (operation > 0) {
    token = {Token::Kind::operation, {at_, at_ + operation}};
  } else {
    token = read_word();
  }
  at_ = token.at.end;
  return token;
}

/// The brackets of bash's `NAME=(…)`, where the word that begins at `word` has come to `at`; empty if they are none.
Span
Lexer::array_at(std::size_t word, std::size_t at) const
{
  std::string_view begun = text_.substr(word, at - word);
  const std::size_t name = end_of_name(begun, 0);
  begun.remove_prefix(name);
  const bool is_array = flavor_ == Flavor::bash && name > 0 && (begun == "=" || begun == "+=");
  const std::size_t end = is_array ? end_of_dollar(text_.substr(at - 1), 0, Flavor::dash, Quotes::none) : no_end;
  return is_array && end != no_end ? Span{at, at - 1 + end} : Span{at, at};
}

Token
Lexer::read_word() const
{
  std::size_t at = at_;
  while (at < text_.size()) {
    const bool is_process =
        flavor_ == Flavor::bash && is_any_of(text_[at], "<>") && text_.substr(at + 1).starts_with('(');
    if (is_process) {
      at = end_of_dollar(text_, at, Flavor::dash, Quotes::none);
    } else if (text_[at] == '(' && array_at(at_, at).size() > 0) {
      at = array_at(at_, at).end;
    } else if (ends_word(text_[at])) {
      break;
    } else {
      at = end_of_piece(text_, at, flavor_, Quotes::none);
    }
    if (at == no_end) {
      return {Token::Kind::fault, {at_, text_.size()}};
    }
  }
  return {Token::Kind::word, {at_, at}};
}

}  // namespace sluice::env::shell
