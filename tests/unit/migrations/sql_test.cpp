// SPDX-License-Identifier: Apache-2.0
#include "migrations/lexer.hpp"
#include "migrations/parse_tree.hpp"
#include "migrations/sql.hpp"

#include <doctest/doctest.h>

#include <string>

namespace sluice::migrations {

namespace {

Statement
only(std::string_view text)
{
  Script script = parse_script(text);
  REQUIRE(script.foreign.empty());
  REQUIRE(script.statements.size() == 1);
  return script.statements.front();
}

template<typename Clause>
Clause
clause_in(std::string_view text)
{
  const Statement statement = only(text);
  const auto* alter = as<AlterTable>(statement);
  REQUIRE(alter != nullptr);
  REQUIRE(alter->clauses.size() == 1);
  REQUIRE(std::holds_alternative<Clause>(alter->clauses.front().what));
  return std::get<Clause>(alter->clauses.front().what);
}

std::string
repeated(std::string_view head, std::string_view part, std::size_t bytes)
{
  std::string text(head);
  while (text.size() + part.size() < bytes) {
    text += part;
  }
  return text;
}

}  // namespace

TEST_CASE("clauses of ALTER TABLE have their own places")
{
  const std::string text = "ALTER TABLE ONLY s.\"T\" ADD COLUMN a numeric(10,2) CHECK (a IN (1,2)),\n  DROP COLUMN b, "
                           "ALTER c TYPE int USING (c::int)";
  const Statement statement = only(text);
  const auto* alter = as<AlterTable>(statement);
  REQUIRE(alter != nullptr);
  CHECK(text_of(alter->table) == "s.T");
  REQUIRE(alter->clauses.size() == 3);
  CHECK(alter->clauses[0].where.of(text) == "ADD COLUMN a numeric(10,2) CHECK (a IN (1,2))");
  CHECK(alter->clauses[1].where.of(text) == "DROP COLUMN b");
  CHECK(alter->clauses[2].where.of(text) == "ALTER c TYPE int USING (c::int)");
}

TEST_CASE("places are bytes although the parser counts characters")
{
  const std::string text = "-- äöü\nSELECT 'äöü'; ALTER TABLE \"tä\" DROP COLUMN a;\nSELECT 'ö' FRM t x y;";
  const Script script = parse_script(text);
  REQUIRE(script.statements.size() == 2);
  CHECK(as<AlterTable>(script.statements[1])->clauses[0].where.of(text) == "DROP COLUMN a");
  REQUIRE(script.foreign.size() == 1);
  CHECK(text.substr(script.foreign[0].where.begin, 1) == "t");
}

TEST_CASE("one bad statement does not hide the others")
{
  const Script script = parse_script("SELECT 1; ALTER TABEL t; SELECT :x; SELECT 2;");
  CHECK(script.statements.size() == 2);
  CHECK(script.foreign.size() == 2);
}

TEST_CASE("columns tell what they are made of")
{
  const Column serial = clause_in<AddColumn>("ALTER TABLE t ADD a bigserial").column;
  CHECK(serial.generated == Generated::serial);
  CHECK(serial.type.name == "int8");
  CHECK(serial.not_null);
  const Column identity = clause_in<AddColumn>("ALTER TABLE t ADD a int GENERATED ALWAYS AS IDENTITY").column;
  CHECK(identity.generated == Generated::identity);
  const Column plain = clause_in<AddColumn>("ALTER TABLE t ADD a varchar(50) NOT NULL DEFAULT s.f(random())").column;
  CHECK(text_of(plain.type) == "varchar(50)");
  REQUIRE(plain.default_value.has_value());
  CHECK(plain.default_value->functions.size() == 2);
  CHECK(clause_in<AddColumn>("ALTER TABLE t ADD a int DEFAULT NULL").column.default_value->is_null);
  CHECK(clause_in<AddColumn>("ALTER TABLE t ADD a int DEFAULT 0").column.default_value->is_null == false);
  CHECK(clause_in<AddColumn>("ALTER TABLE t ADD a text[]").column.type.is_array);
}

TEST_CASE("constraints tell what they prove")
{
  const auto check = [](std::string_view condition) {
    return clause_in<AddConstraint>("ALTER TABLE t ADD CONSTRAINT k CHECK (" + std::string(condition) + ") NOT VALID")
        .constraint;
  };
  CHECK(check("a IS NOT NULL").columns == std::vector<std::string>{"a"});
  CHECK(check("a IS NOT NULL AND b > 0 AND c IS NOT NULL").columns.size() == 2);
  CHECK(check("a IS NOT NULL OR b IS NOT NULL").columns.empty());
  CHECK(check("NOT (a IS NOT NULL)").columns.empty());
  CHECK(check("a IS NOT NULL").not_valid);
  CHECK_FALSE(clause_in<AddConstraint>("ALTER TABLE t ADD CHECK (a IS NOT NULL)").constraint.not_valid);
}

TEST_CASE("USING that does what would be done anyway is none")
{
  const auto conversion = [](std::string_view using_clause) {
    return clause_in<AlterType>("ALTER TABLE t ALTER a TYPE varchar(9) " + std::string(using_clause)).conversion;
  };
  CHECK(conversion("") == Conversion::implied);
  CHECK(conversion("USING a") == Conversion::implied);
  CHECK(conversion("USING a::varchar(9)") == Conversion::implied);
  CHECK(conversion("USING a::text") == Conversion::computed);
  CHECK(conversion("USING b") == Conversion::computed);
  CHECK(conversion("USING trim(a)") == Conversion::computed);
}

TEST_CASE("statements that set variables in other ways are understood")
{
  CHECK(as<SetVariable>(only("SELECT set_config('lock_timeout', '5s', true)"))->local);
  CHECK_FALSE(as<SetVariable>(only("SELECT pg_catalog.set_config('lock_timeout', '5s', false)"))->local);
  CHECK(as<SetVariable>(only("RESET ALL"))->kind == SetVariable::Kind::reset_all);
  CHECK(as<SetVariable>(only("SET lock_timeout TO DEFAULT"))->kind == SetVariable::Kind::reset);
  CHECK(as<SetVariable>(only("SET LOCAL lock_timeout = 0"))->values == std::vector<std::string>{"0"});
}

TEST_CASE("text that is no SQL at all is foreign")
{
  CHECK(parse_script(std::string("SELECT 1;\0DROP TABLE t;", 23)).statements.empty());
  CHECK(parse_script(std::string("SELECT 1;\0DROP TABLE t;", 23)).foreign.size() == 1);
  CHECK(parse_script("SELECT '\xFF';").foreign.size() == 1);
  CHECK(parse_script("\xFF\xFEs\x01").foreign.size() == 1);
}

TEST_CASE("a statement over 1 MiB is not parsed and its neighbours are")
{
  const std::string large = "SELECT '" + std::string(max_statement_bytes, 'x') + "'";
  const Script script = parse_script("SELECT 1; " + large + "; SELECT 2;");
  CHECK(script.statements.size() == 2);
  REQUIRE(script.foreign.size() == 1);
  CHECK(script.foreign[0].why == "a statement of more than 1 MiB");
}

TEST_CASE("rows of constants are told by the first words, whatever their size, and nothing else is")
{
  const std::string rows = "('" + std::string(max_statement_bytes, 'x') + "', -1.5, NULL)";
  CHECK(parse_script("INSERT INTO a.t (\"b\", c, d) VALUES " + rows).foreign.empty());
  CHECK(parse_script("INSERT INTO t VALUES " + rows + ", (DEFAULT, true, 2)").statements.size() == 1);
  CHECK(parse_script("INSERT INTO t VALUES " + rows + ", (f(), 1, 2)").foreign.size() == 1);
  CHECK(parse_script("INSERT INTO t SELECT " + rows).foreign.size() == 1);
}

TEST_CASE("CREATE TABLE makes its table although the grammar does not know the rest")
{
  const Script script = parse_script("CREATE TEMP TABLE IF NOT EXISTS \"A\".b AS SELECT FROM (SELECT 1);");
  CHECK(script.foreign.size() == 1);
  REQUIRE(script.statements.size() == 1);
  const auto* create = as<CreateTable>(script.statements[0]);
  REQUIRE(create != nullptr);
  CHECK(create->table == QualifiedName{"A", "b"});
  CHECK(create->if_not_exists);
  CHECK(create->lives == CreateTable::Lives::in_session);
  CHECK(parse_script("CREATE SOMETHING b;").statements.empty());
}

// Each of these kills a process with a stack of 8 MiB.
TEST_CASE("the deepest chains that fit into a statement do not overflow the stack")
{
  for (const auto& chain :
       std::initializer_list<std::pair<const char*, const char*>>{{"SELECT 1", "+1"},
                                                                  {"SELECT a", "::a"},
                                                                  {"SELECT 1 FROM a", " NATURAL JOIN b"},
                                                                  {"SELECT a", " AT TIME ZONE b"},
                                                                  {"SELECT a", " COLLATE b"},
                                                                  {"SELECT 1", " ISNULL"},
                                                                  {"SELECT 1", " UNION ALL SELECT 1"}}) {
    CAPTURE(chain.second);
    const Script script = parse_script(repeated(chain.first, chain.second, max_statement_bytes));
    CHECK(script.statements.size() + script.foreign.size() == 1);
  }
}

TEST_CASE("nesting that the grammar refuses is foreign")
{
  CHECK(parse_script("SELECT " + std::string(500'000, '(')).foreign.size() == 1);
  CHECK(parse_script("SELECT " + repeated("", "f(", 500'000)).foreign.size() == 1);
  CHECK(parse_script("SELECT " + repeated("", "- ", 500'000) + "1").foreign.size() == 1);
}

TEST_CASE("what the parser would read many times over is not given to it")
{
  for (const std::string& endless :
       {repeated("", "/*", 500'000), repeated("SELECT 1 ", "/*", 500'000), std::string("SELECT 'a"),
        std::string("SELECT $x$ a"), "SELECT " + std::string(500'000, '+') + "1"}) {
    const Script script = parse_script(endless);
    REQUIRE(script.foreign.size() == 1);
    CHECK(script.foreign[0].why.find("without an end") != std::string::npos);
  }
  CHECK(without_comments("a /* b /* c */ \n d\xC3\xA9 */ 'e -- f' -- g\r\n;")
        == "a" + std::string(14, ' ') + "\n" + std::string(8, ' ') + "'e -- f'" + std::string(5, ' ') + "\r\n;");
  CHECK(without_comments(std::string(63, '+')).has_value());
  CHECK(without_comments("1 + + + -1") == "1 + + + -1");
}

TEST_CASE("places are those of the text with its comments")
{
  const std::string text = "SELECT 1 /* a /* \xC3\xA9 */ */;\nDROP /* \xC3\xA9 */ TABEL t;\n";
  const Script script = parse_script(text);
  CHECK(script.statements.size() == 1);
  REQUIRE(script.foreign.size() == 1);
  CHECK(script.foreign[0].where.begin == text.find("TABEL"));
}

TEST_CASE("a string with escapes has them in its next part too, so that what it ends is seen")
{
  const std::string text = "SELECT E'a'\n '\\' /* '; DROP TABLE t; -- */";
  const Script script = parse_script(text);
  REQUIRE(script.statements.size() == 2);
  CHECK(script.statements[1].node == "DropStmt");
}

TEST_CASE("a search path that takes forever to follow is foreign, in whichever way it is set")
{
  const auto path = [](std::size_t schemas) { return repeated("s", ",s", 2 * schemas); };
  CHECK(parse_script("SET search_path = " + path(100) + ";").foreign.empty());
  CHECK(parse_script("SET search_path = " + path(101) + ";").foreign.size() == 1);
  CHECK(parse_script("SELECT set_config('search_path', '" + path(101) + "', false);").foreign.size() == 1);
  CHECK(parse_script("SET other.list = " + path(101) + ";").foreign.empty());
}

TEST_CASE("a default that is deep but parses is looked into without recursion")
{
  const Script script = parse_script(repeated("ALTER TABLE t ADD a int DEFAULT 1", "+random()", 60'000));
  REQUIRE(script.statements.size() == 1);
  for_each_clause<AddColumn>(script.statements[0], [](const AlterTable&, const AddColumn& add, Span) {
    CHECK(add.column.default_value->functions.size() > 1000);
  });
}

}  // namespace sluice::migrations
