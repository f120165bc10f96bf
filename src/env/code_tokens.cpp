// SPDX-License-Identifier: Apache-2.0
#include "env/code_tokens.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::size_t npos = std::string_view::npos;

bool
begins_name(char c)
{
  return is_letter(c) || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80U;
}

class Lexer
{
public:
  Lexer(std::string_view text, CodeSyntax syntax)
      : text_(text),
        syntax_(syntax)
  {
    tokens_.reserve(text.size() / 6);
  }

  std::vector<CodeToken>
  take()
  {
    while (at_ < text_.size()) {
      step();
    }
    return std::move(tokens_);
  }

private:
  void
  step()
  {
    const char c = text_[at_];
    if (c == '\n') {
      ++line_;
      ++at_;
      line_begin_ = at_;
    } else if (is_blank(c)) {
      ++at_;
    } else if (const std::size_t end = comment_end(); end != npos) {
      skip_to(end);
    } else if (is_any_of(c, "\"'`")) {
      take_text(c);
    } else if (begins_name(c) || is_digit(c)) {
      take_word();
    } else if (c == '/' && syntax_ == CodeSyntax::javascript && may_be_pattern()) {
      take_pattern();
    } else {
      add(CodeToken::Kind::sign, at_, at_ + 1);
      ++at_;
    }
  }

  /// Where a comment that begins here ends; npos if none does.
  [[nodiscard]] std::size_t
  comment_end() const
  {
    const std::string_view rest = text_.substr(at_);
    if (syntax_ == CodeSyntax::python ? rest.front() == '#' : rest.starts_with("//")) {
      return std::min(text_.find('\n', at_), text_.size());
    }
    if (syntax_ != CodeSyntax::python && rest.starts_with("/*")) {
      const std::size_t end = text_.find("*/", at_ + 2);
      return end == npos ? text_.size() : end + 2;
    }
    return npos;
  }

  void
  skip_to(std::size_t end)
  {
    for (; at_ < end; ++at_) {
      if (text_[at_] == '\n') {
        ++line_;
        line_begin_ = at_ + 1;
      }
    }
  }

  CodeToken&
  add(CodeToken::Kind kind, std::size_t begin, std::size_t end)
  {
    return tokens_.emplace_back(CodeToken{.kind = kind,
                                          .source = text_.substr(begin, end - begin),
                                          .line = line_,
                                          .column = static_cast<std::uint32_t>(begin - line_begin_)});
  }

  void
  take_word()
  {
    const std::size_t begin = at_;
    const bool is_number = is_digit(text_[at_]);
    while (at_ < text_.size()
           && (begins_name(text_[at_]) || is_digit(text_[at_]) || (is_number && text_[at_] == '.'))) {
      ++at_;
    }
    add(is_number ? CodeToken::Kind::number : CodeToken::Kind::name, begin, at_);
  }

  void
  take_text(char quote)
  {
    const std::string_view three = text_.substr(at_, 3);
    const bool is_long = syntax_ == CodeSyntax::python && (three == "\"\"\"" || three == "'''");
    const std::string_view mark = is_long ? three : text_.substr(at_, 1);
    const bool spans = is_long || quote == '`';
    const bool has_escapes = !(quote == '`' && syntax_ == CodeSyntax::go);
    const std::size_t begin = at_ + mark.size();
    std::size_t end = begin;
    while (end < text_.size() && !text_.substr(end).starts_with(mark) && (spans || text_[end] != '\n')) {
      end += has_escapes && text_[end] == '\\' && end + 1 < text_.size() && (spans || text_[end + 1] != '\n') ? 2 : 1;
    }
    end = std::min(end, text_.size());
    CodeToken& token = add(CodeToken::Kind::text, begin, end);
    const bool is_template = quote == '`' && syntax_ == CodeSyntax::javascript;
    token.is_static = !is_template || token.source.find("${") == npos;
    drop_prefix();
    skip_to(std::min(end + (text_.substr(end).starts_with(mark) ? mark.size() : 0), text_.size()));
  }

  /// Python's `r"…"` and `f"…"`, of which the latter is replaced.
  void
  drop_prefix()
  {
    if (syntax_ != CodeSyntax::python || tokens_.size() < 2) {
      return;
    }
    CodeToken& text = tokens_.back();
    const CodeToken& before = tokens_[tokens_.size() - 2];
    const bool touches = before.kind == CodeToken::Kind::name && before.line == text.line
                         && before.source.data() + before.source.size() == text_.data() + at_;
    if (touches && before.source.size() <= 2) {
      text.is_static = before.source.find_first_of("fF") == npos;
      tokens_.erase(tokens_.end() - 2);
    }
  }

  /// Whether `/` begins an expression's pattern: behind a value it divides.
  [[nodiscard]] bool
  may_be_pattern() const
  {
    if (tokens_.empty()) {
      return true;
    }
    const CodeToken& last = tokens_.back();
    constexpr std::array<std::string_view, 5> words{"return", "typeof", "case", "in", "of"};
    const bool is_word = std::find(words.begin(), words.end(), last.source) != words.end();
    return last.kind == CodeToken::Kind::sign ? !is_any_of(last.source.front(), ")]}")
                                              : last.kind == CodeToken::Kind::name && is_word;
  }

  void
  take_pattern()
  {
    std::size_t end = at_ + 1;
    bool in_class = false;
    while (end < text_.size() && text_[end] != '\n' && (in_class || text_[end] != '/')) {
      in_class = in_class ? text_[end] != ']' : text_[end] == '[';
      end += text_[end] == '\\' && end + 1 < text_.size() && text_[end + 1] != '\n' ? 2 : 1;
    }
    end = std::min(end, text_.size());
    while (end < text_.size() && (text_[end] == '/' || is_lower(text_[end]))) {
      ++end;
    }
    add(CodeToken::Kind::pattern, at_, end);
    at_ = end;
  }

  std::string_view text_;
  CodeSyntax syntax_;
  std::vector<CodeToken> tokens_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  std::uint32_t line_ = 1;
};

bool
opens(const CodeToken& token)
{
  return token.is("(") || token.is("[") || token.is("{");
}

bool
closes(const CodeToken& token)
{
  return token.is(")") || token.is("]") || token.is("}");
}

}  // namespace

std::vector<CodeToken>
code_tokens(std::string_view text, CodeSyntax syntax)
{
  return Lexer(text, syntax).take();
}

std::string
unescaped(std::string_view source)
{
  std::string text;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const bool is_escape = source[i] == '\\' && i + 1 < source.size();
    if (is_escape && is_any_of(source[i + 1], "\"'`\\/")) {
      text += source[++i];
    } else if (is_escape && source[i + 1] == 'n') {
      text += '\n';
      ++i;
    } else {
      text += source[i];
    }
  }
  return text;
}

std::size_t
behind_bracket(CodeTokens tokens, std::size_t open)
{
  std::size_t depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (opens(tokens[i])) {
      ++depth;
    } else if (closes(tokens[i]) && --depth == 0) {
      return i + 1;
    }
  }
  return tokens.size();
}

CodeTokens
inside_bracket(CodeTokens tokens, std::size_t open)
{
  const std::size_t end = behind_bracket(tokens, open);
  const bool is_closed = end > open + 1 && closes(tokens[end - 1]);
  return tokens.subspan(open + 1, end - open - (is_closed ? 2 : 1));
}

std::vector<CodeTokens>
parts_of(CodeTokens tokens)
{
  std::vector<CodeTokens> parts;
  std::size_t begin = 0;
  std::size_t depth = 0;
  for (std::size_t i = 0; i <= tokens.size(); ++i) {
    if (i == tokens.size() || (depth == 0 && tokens[i].is(","))) {
      if (i > begin) {
        parts.push_back(tokens.subspan(begin, i - begin));
      }
      begin = i + 1;
    } else if (opens(tokens[i])) {
      ++depth;
    } else if (closes(tokens[i]) && depth > 0) {
      --depth;
    }
  }
  return parts;
}

std::vector<CodeMember>
members_of(CodeTokens tokens, std::string_view sign)
{
  std::vector<CodeMember> members;
  for (const CodeTokens part : parts_of(tokens)) {
    const bool is_key = part.front().kind == CodeToken::Kind::name || part.front().kind == CodeToken::Kind::text;
    if (part.size() > 2 && is_key && part[1].is(sign)) {
      members.push_back({std::string(part.front().source), part.front().line, part.subspan(2)});
    }
  }
  return members;
}

CodeTokens
member(CodeTokens tokens, std::string_view name, std::string_view sign)
{
  for (const CodeMember& each : members_of(tokens, sign)) {
    if (each.name == name) {
      return each.value;
    }
  }
  return {};
}

std::vector<CodeStep>
steps_of(CodeTokens tokens)
{
  std::vector<CodeStep> steps;
  for (std::size_t i = 0; i < tokens.size();) {
    if (tokens[i].kind != CodeToken::Kind::name) {
      break;
    }
    CodeStep step{tokens[i].source, {}};
    ++i;
    if (i < tokens.size() && tokens[i].is("(")) {
      step.arguments = inside_bracket(tokens, i);
      i = behind_bracket(tokens, i);
    }
    steps.push_back(step);
    if (i >= tokens.size() || !tokens[i].is(".")) {
      break;
    }
    ++i;
  }
  return steps;
}

const CodeToken*
literal(CodeTokens tokens)
{
  if (tokens.size() != 1) {
    return nullptr;
  }
  const CodeToken& token = tokens.front();
  const bool is_word = token.is("true") || token.is("false") || token.is("True") || token.is("False");
  const bool is_text = token.kind == CodeToken::Kind::text && token.is_static;
  return is_text || token.kind == CodeToken::Kind::number || is_word ? &token : nullptr;
}

}  // namespace sluice::env
