// SPDX-License-Identifier: Apache-2.0
#include "migrations/allow_comment.hpp"
#include "migrations/rule.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

namespace sluice::migrations {

namespace {

const Rule&
rule_of(std::string_view id)
{
  for (const Rule* rule : rules()) {
    if (rule->meta.id == id) {
      return *rule;
    }
  }
  throw std::out_of_range("no such rule");
}

/// `count` statements on the last line of a file that begins with `head`.
gate::SourceText
statements_on_one_line(std::string head, int count)
{
  for (int i = 0; i < count; ++i) {
    head += "DROP TABLE t; ";
  }
  return {"1.sql", std::move(head)};
}

}  // namespace

TEST_CASE("a line of many statements, and the comment above them, are read once for each rule")
{
  constexpr int count = 1000;
  constexpr std::size_t size = 14;
  const std::string head = "-- one\n-- sluice:allow[drop-column] agreed\n-- two\n";
  const gate::SourceText source = statements_on_one_line(head, count);
  AllowComments comments(source);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t begin = head.size() + i * size;
    const auto allow = comments.of_statement({begin, begin + size - 2}, rule_of("drop-column"));
    REQUIRE(allow.has_value());
    CHECK(allow->where.line == 2);
    CHECK_FALSE(comments.of_statement({begin, begin + size - 2}, rule_of("rename-table")).has_value());
  }
  CHECK(comments.lines_read() <= 2 * 4);
}

TEST_CASE("a comment on the file as a whole is looked for once for each rule")
{
  const gate::SourceText source("1.sql", "-- a\n-- squawk-ignore-file ban-drop-column\nSELECT 1;\n");
  AllowComments comments(source);
  for (int i = 0; i < 100; ++i) {
    CHECK(comments.in_file(rule_of("drop-column")).has_value());
    CHECK_FALSE(comments.in_file(rule_of("rename-table")).has_value());
  }
  CHECK(comments.lines_read() <= 2 + 4);
}

}  // namespace sluice::migrations
