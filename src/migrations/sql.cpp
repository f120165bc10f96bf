// SPDX-License-Identifier: Apache-2.0
#include "migrations/sql.hpp"

#include "base/utf8.hpp"
#include "migrations/parse_tree.hpp"
#include "migrations/statement_words.hpp"
#include "migrations/tree_reader.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

namespace {

constexpr std::string_view blanks = " \t\r\n";

Foreign
unparsed(Span statement, const ParseTree& tree, std::string_view text)
{
  const std::size_t offset = std::min(statement.begin + tree.error_offset, statement.end);
  const std::size_t begin = std::min(text.find_first_not_of(blanks, offset), statement.end);
  return {{begin == statement.end ? statement.begin : begin, statement.end},
          fmt::format("does not parse with the grammar of PostgreSQL {}: {}", grammar_version(), tree.error)};
}

/// libpg_query reads nested comments and long runs of operators once for each of their characters.
Foreign
endless(Span statement)
{
  return {statement, "has a quote or comment without an end, or an operator of more than 63 characters"};
}

void
parse_statement(std::string_view text, Span where, Script& script)
{
  if (where.end - where.begin > max_statement_bytes) {
    if (is_plain_insert(where.of(text))) {
      script.statements.push_back({where, "InsertStmt", identity_of(where.of(text)), OtherStatement{}});
    } else {
      script.foreign.push_back({where, "a statement of more than 1 MiB"});
    }
    return;
  }
  const auto plain = without_comments(where.of(text));
  const ParseTree tree = plain ? parse_tree(*plain) : ParseTree{};
  if (!plain || !tree.error.empty()) {
    script.foreign.push_back(plain ? unparsed(where, tree, text) : endless(where));
    if (auto create = table_of_unparsed(where.of(text))) {
      script.statements.push_back({where, "CreateStmt", identity_of(where.of(text)), std::move(*create)});
    }
    return;
  }
  if (auto statement = read_tree(tree.json, text, where)) {
    script.statements.push_back(std::move(*statement));
  } else {
    script.foreign.push_back(
        {where, "a statement whose parse tree cannot be examined, for it is too large or not one"});
  }
}

}  // namespace

Script
parse_script(std::string_view text)
{
  Script script;
  const Span all{0, text.size()};
  if (text.find('\0') != std::string_view::npos || !is_utf8(text)) {
    script.foreign.push_back({all, "not UTF-8 text"});
    return script;
  }
  Pieces pieces = split_script(text);
  script.foreign = std::move(pieces.foreign);
  const bool ran = on_deep_stack([&] {
    for (const Span& statement : pieces.statements) {
      parse_statement(text, statement, script);
    }
  });
  if (!ran) {
    script.foreign.push_back({all, "no thread with a stack of 256 MiB can be had to parse it on"});
  }
  return script;
}

}  // namespace sluice::migrations
