// SPDX-License-Identifier: Apache-2.0
#include "migrations/catalog.hpp"
#include "migrations/session.hpp"
#include "migrations/sql.hpp"

#include <doctest/doctest.h>

namespace sluice::migrations {

namespace {

/// A catalog after two scripts, the second of which is the change.
Catalog
catalog_after(std::string_view earlier, std::string_view change)
{
  Catalog catalog;
  for (const std::string_view text : {earlier, change}) {
    Session session(FileTransaction::none, "");
    catalog.begin_session();
    if (text.data() == change.data()) {
      catalog.begin_change();
    }
    for (const Statement& statement : parse_script(text).statements) {
      session.apply(statement, catalog);
    }
  }
  return catalog;
}

const QualifiedName t{"", "t"};

}  // namespace

TEST_CASE("only what the change creates is new")
{
  CHECK(catalog_after("", "CREATE TABLE t (a int)").is_new(t));
  CHECK(catalog_after("", "CREATE TABLE public.t (a int)").is_new(t));
  CHECK(catalog_after("", "CREATE TABLE t AS SELECT 1 AS a").is_new(t));
  CHECK(catalog_after("", "SELECT 1 AS a INTO t").is_new(t));
  CHECK_FALSE(catalog_after("CREATE TABLE t (a int)", "SELECT 1").is_new(t));
  CHECK_FALSE(catalog_after("", "CREATE TABLE other.t (a int)").is_new(t));
  CHECK_FALSE(catalog_after("", "ALTER TABLE t ADD COLUMN b int").is_new(t));
}

TEST_CASE("a table that is there is not made new by pretending")
{
  CHECK_FALSE(catalog_after("CREATE TABLE t (a int)", "CREATE TABLE IF NOT EXISTS t (a int)").is_new(t));
  CHECK_FALSE(catalog_after("CREATE TABLE u (a int)", "ALTER TABLE u RENAME TO t").is_new(t));
  CHECK_FALSE(catalog_after("", "BEGIN; CREATE TABLE t (a int); ROLLBACK;").is_new(t));
  CHECK_FALSE(catalog_after("", "BEGIN; SAVEPOINT s; CREATE TABLE t (a int); ROLLBACK TO s; COMMIT;").is_new(t));
  CHECK(catalog_after("", "BEGIN; CREATE TABLE t (a int); COMMIT;").is_new(t));
}

TEST_CASE("a rollback brings back what was dropped")
{
  const Catalog catalog = catalog_after("CREATE TABLE t (a varchar(5))", "BEGIN; DROP TABLE t; ROLLBACK;");
  REQUIRE(catalog.type_of(t, "a") != nullptr);
  CHECK(text_of(*catalog.type_of(t, "a")) == "varchar(5)");
}

TEST_CASE("types follow renames and changes")
{
  const Catalog catalog = catalog_after("CREATE TABLE u (a varchar(5), b int)",
                                        "ALTER TABLE u RENAME TO t; ALTER TABLE t RENAME COLUMN a TO c; "
                                        "ALTER TABLE t ALTER c TYPE text; ALTER TABLE t DROP COLUMN b;");
  REQUIRE(catalog.type_of(t, "c") != nullptr);
  CHECK(catalog.type_of(t, "c")->name == "text");
  CHECK(catalog.type_of(t, "a") == nullptr);
  CHECK(catalog.type_of(t, "b") == nullptr);
}

TEST_CASE("a schema on the search path holds the names without one")
{
  const Catalog catalog = catalog_after("SET search_path = \"$user\", app; CREATE TABLE t (a int);", "SELECT 1");
  CHECK(catalog.type_of({"app", "t"}, "a") != nullptr);
  CHECK(catalog.type_of(t, "a") == nullptr);
}

TEST_CASE("not null is proven by the column, a key, or a validated check")
{
  const auto proves = [](std::string_view script) { return catalog_after(script, "SELECT 1").proves_not_null(t, "a"); };
  CHECK(proves("CREATE TABLE t (a int NOT NULL)"));
  CHECK(proves("CREATE TABLE t (a int PRIMARY KEY)"));
  CHECK(proves("CREATE TABLE t (a int, PRIMARY KEY (a))"));
  CHECK(proves("CREATE TABLE t (a int CHECK (a IS NOT NULL))"));
  CHECK(proves("ALTER TABLE t ADD CONSTRAINT k CHECK (a IS NOT NULL) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT k;"));
  CHECK(proves("ALTER TABLE t ADD CHECK (a IS NOT NULL) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT t_a_check;"));
  CHECK(proves("ALTER TABLE t ADD CONSTRAINT k CHECK (a IS NOT NULL) NOT VALID; ALTER TABLE t RENAME CONSTRAINT k TO "
               "l; ALTER TABLE t VALIDATE CONSTRAINT l;"));
  CHECK_FALSE(proves("ALTER TABLE t ADD CONSTRAINT k CHECK (a IS NOT NULL) NOT VALID"));
  CHECK_FALSE(proves("ALTER TABLE t ADD CONSTRAINT k CHECK (a IS NOT NULL) NOT VALID; ALTER TABLE t VALIDATE "
                     "CONSTRAINT other;"));
  CHECK_FALSE(proves("ALTER TABLE t ADD CHECK (a IS NOT NULL); ALTER TABLE t DROP CONSTRAINT t_a_check;"));
  CHECK_FALSE(proves("CREATE TABLE t (a int NOT NULL); ALTER TABLE t ALTER a DROP NOT NULL;"));
}

TEST_CASE("functions are as volatile as they were declared")
{
  const Catalog catalog = catalog_after("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1'; "
                                        "CREATE FUNCTION g() RETURNS int STABLE LANGUAGE sql AS 'select 1';"
                                        "CREATE FUNCTION random() RETURNS int IMMUTABLE LANGUAGE sql AS 'select 1';",
                                        "SELECT 1");
  CHECK(catalog.volatility_of({"", "f"}) == Volatility::is_volatile);
  CHECK(catalog.volatility_of({"public", "g"}) == Volatility::not_volatile);
  CHECK(catalog.volatility_of({"", "random"}) == Volatility::is_volatile);
  CHECK(catalog.volatility_of({"", "now"}) == Volatility::not_volatile);
  CHECK(catalog.volatility_of({"extensions", "uuid_generate_v4"}) == Volatility::is_volatile);
  CHECK(catalog.volatility_of({"auth", "uid"}) == Volatility::not_volatile);
  CHECK(catalog.volatility_of({"", "nanoid"}) == Volatility::unknown);
  CHECK(catalog.volatility_of({"app", "lower"}) == Volatility::unknown);
}

}  // namespace sluice::migrations
