// SPDX-License-Identifier: Apache-2.0
#include "migrations/statement_words.hpp"

#include "base/text.hpp"
#include "migrations/lexer.hpp"

#include <algorithm>
#include <array>

namespace sluice::migrations {

namespace {

/// Reads a statement word by word.
class Words
{
public:
  explicit Words(std::string_view text)
      : text_(text)
  {
    advance();
  }

  bool
  skip(std::string_view word)
  {
    const bool is_it = is_word(text_, token_, word);
    if (is_it) {
      advance();
    }
    return is_it;
  }

  bool
  skip_symbol(char symbol)
  {
    const bool is_it = !at_end() && token_.kind == TokenKind::symbol && text_[token_.where.begin] == symbol;
    if (is_it) {
      advance();
    }
    return is_it;
  }

  /// As the server folds it; empty if there is none.
  std::string
  identifier()
  {
    const std::string_view spelling = at_end() ? std::string_view() : token_.where.of(text_);
    std::string name = token_.kind == TokenKind::word ? to_lower(spelling) : std::string();
    if (token_.kind == TokenKind::quoted_identifier && spelling.size() > 1 && spelling.front() == '"') {
      name = replace_all(spelling.substr(1, spelling.size() - 2), "\"\"", "\"");
    }
    if (!name.empty()) {
      advance();
    }
    return name;
  }

  QualifiedName
  name()
  {
    QualifiedName name{"", identifier()};
    while (skip_symbol('.')) {
      name = {name.name, identifier()};
    }
    return name;
  }

  [[nodiscard]] bool
  at_end() const
  {
    return token_.where.begin >= text_.size();
  }
  [[nodiscard]] const Token&
  token() const
  {
    return token_;
  }
  void
  advance()
  {
    do {
      token_ = next_token(text_, token_.where.end);
    } while (!at_end() && token_.kind == TokenKind::comment);
  }

private:
  std::string_view text_;
  Token token_;
};

/// A word that a parenthesis may follow without being called, or that stands alone in a row.
bool
is_harmless_word(std::string_view word)
{
  constexpr std::array<std::string_view, 6> words{"null", "true", "false", "default", "values", "row"};
  return (word[0] >= '0' && word[0] <= '9') || std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::optional<CreateTable>
table_of_unparsed(std::string_view statement)
{
  Words words(statement);
  if (!words.skip("create")) {
    return std::nullopt;
  }
  CreateTable create;
  create.complete = false;
  (void)(words.skip("global") || words.skip("local"));
  if (words.skip("temp") || words.skip("temporary")) {
    create.lives = CreateTable::Lives::in_session;
  }
  words.skip("unlogged");
  if (!words.skip("table")) {
    return std::nullopt;
  }
  if (words.skip("if")) {
    create.if_not_exists = words.skip("not") && words.skip("exists");
  }
  create.table = words.name();
  return create.table.name.empty() ? std::nullopt : std::optional(std::move(create));
}

bool
is_plain_insert(std::string_view statement)
{
  Words words(statement);
  if (!words.skip("insert") || !words.skip("into") || words.name().name.empty()) {
    return false;
  }
  while (!words.at_end() && !is_word(statement, words.token(), "values")) {
    const bool is_column = words.token().kind == TokenKind::word || words.token().kind == TokenKind::quoted_identifier;
    const std::string_view spelling = words.token().where.of(statement);
    if (!is_column && spelling != "(" && spelling != ")" && spelling != ",") {
      return false;
    }
    if (is_word(statement, words.token(), "select") || is_word(statement, words.token(), "with")) {
      return false;
    }
    words.advance();
  }
  for (; !words.at_end(); words.advance()) {
    const Token& token = words.token();
    const bool is_constant = token.kind == TokenKind::string || token.kind == TokenKind::symbol;
    if (!is_constant && (token.kind != TokenKind::word || !is_harmless_word(to_lower(token.where.of(statement))))) {
      return false;
    }
  }
  return true;
}

}  // namespace sluice::migrations
