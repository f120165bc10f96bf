// SPDX-License-Identifier: Apache-2.0
#include "migrations/splitter.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace sluice::migrations {

namespace {

std::vector<std::string>
statements(std::string_view text)
{
  std::vector<std::string> all;
  for (const Span& span : split_script(text).statements) {
    all.emplace_back(span.of(text));
  }
  return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("semicolons end statements and nothing else does")
{
  CHECK(statements("a; b ;c") == Texts{"a", "b", "c"});
  CHECK(statements(" ;; \n;") == Texts{});
  CHECK(statements("") == Texts{});
}

TEST_CASE("semicolons in quotes and comments do not count")
{
  CHECK(statements("select ';', 'it''s;'; b") == Texts{"select ';', 'it''s;'", "b"});
  CHECK(statements("select \"a;\"\"b\"; b") == Texts{"select \"a;\"\"b\"", "b"});
  CHECK(statements("select U&\"a;\", U&'b;'; b") == Texts{"select U&\"a;\", U&'b;'", "b"});
  CHECK(statements("a -- ;\n; b") == Texts{"a", "b"});
  CHECK(statements("a /* ; /* ; */ ; */ x; b") == Texts{"a /* ; /* ; */ ; */ x", "b"});
}

TEST_CASE("a backslash escapes a quote only in E strings")
{
  CHECK(statements(R"(select E'\';'; b)") == Texts{R"(select E'\';')", "b"});
  CHECK(statements(R"(select '\'; b)") == Texts{R"(select '\')", "b"});
}

TEST_CASE("dollar quotes end at their own tag")
{
  CHECK(statements("do $$ a; $x$ $$; b") == Texts{"do $$ a; $x$ $$", "b"});
  CHECK(statements("do $x$ a; $$; $x$; b") == Texts{"do $x$ a; $$; $x$", "b"});
  CHECK(statements("select $1; b") == Texts{"select $1", "b"});
  CHECK(statements("select a$b; c$b") == Texts{"select a$b", "c$b"});
}

TEST_CASE("what is not closed takes the rest of the text")
{
  CHECK(statements("a; select 'b; c") == Texts{"a", "select 'b; c"});
  CHECK(statements("a; do $$ b; c") == Texts{"a", "do $$ b; c"});
  CHECK(statements("a /* b; c") == Texts{"a /* b; c"});
}

TEST_CASE("parentheses and blocks of SQL-standard functions keep their semicolons")
{
  CHECK(statements("create rule r as on insert to t do (a; b); c")
        == Texts{"create rule r as on insert to t do (a; b)", "c"});
  const std::string function = "create or replace function f() returns int begin atomic select case when true then 1 "
                               "end; select 2; end";
  CHECK(statements(function + "; b") == Texts{function, "b"});
  CHECK(statements("begin; a; end; b") == Texts{"begin", "a", "end", "b"});
}

TEST_CASE("a byte order mark is no part of the first statement")
{
  CHECK(statements("\xEF\xBB\xBFselect 1;") == Texts{"select 1"});
}

TEST_CASE("psql's commands are foreign and cost one line")
{
  const Pieces pieces = split_script("\\set x 1\nselect 1;\n\\restrict abc\nselect 2;");
  CHECK(pieces.statements.size() == 2);
  REQUIRE(pieces.foreign.size() == 2);
  CHECK(pieces.foreign[1].where.begin == 19);
}

TEST_CASE("data of COPY is foreign up to its end mark")
{
  const std::string text = "copy t (a) from stdin;\n1;2\n'\n\\.\nselect 1;";
  const Pieces pieces = split_script(text);
  CHECK(pieces.foreign.size() == 1);
  REQUIRE(pieces.statements.size() == 2);
  CHECK(pieces.statements[1].of(text) == "select 1");
  CHECK(split_script("copy t from '/x'; select 1;").foreign.empty());
}

TEST_CASE("layout and comments do not change the normalized text")
{
  CHECK(normalized("ALTER  TABLE t -- x\n ADD c INT") == "alter table t add c int");
  CHECK(normalized("select 'A  B', \"X\"") == "select 'A  B' , \"X\"");
}

}  // namespace sluice::migrations
