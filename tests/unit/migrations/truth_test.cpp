// SPDX-License-Identifier: Apache-2.0
//
// The rules' claims, put to a real server. Most published tables of PostgreSQL's locks are wrong somewhere; with
// client_min_messages at debug1 the server itself says what it rewrites and scans, even in an empty table.
#include "base/text.hpp"
#include "migrations/catalog.hpp"
#include "migrations/locks.hpp"
#include "migrations/sql.hpp"
#include "migrations/type_change.hpp"
#include "support/postgres_server.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

namespace sluice::migrations {

namespace {

using test::PostgresServer;

constexpr std::string_view schema = R"(
CREATE EXTENSION IF NOT EXISTS pgcrypto; CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id int, total int, remark text NOT NULL DEFAULT '');
INSERT INTO customers VALUES (1);
INSERT INTO orders VALUES (1, 1, 1);
)";

/// One server for all cases of this file; null where there is none.
const PostgresServer*
server()
{
  static std::string reason;
  static const std::optional<PostgresServer> started = [] {
    auto fresh = PostgresServer::start(reason);
    if (fresh) {
      fresh->run("CREATE DATABASE base");
      fresh->run(schema, "base");
    }
    return fresh;
  }();
  if (!started) {
    MESSAGE("skipped: " << reason);
  }
  return started ? &*started : nullptr;
}

/// What the server says of a script in a database with the tables above.
std::string
run_in_schema(const PostgresServer& postgres, std::string_view script)
{
  postgres.run("DROP DATABASE IF EXISTS trial; CREATE DATABASE trial TEMPLATE base;");
  return postgres.run("SET client_min_messages = debug1;\n" + std::string(script), "trial");
}

std::string
fixture(std::string_view rule, std::string_view which)
{
  const auto path = sluice::test::source_directory() / "fixtures" / "migrations" / "rules" / rule / which / "input.sql";
  auto text = read_file(path);
  REQUIRE(text.has_value());
  return std::move(*text);
}

TypeName
type_named(std::string_view sql)
{
  const Script script = parse_script("ALTER TABLE t ALTER c TYPE " + std::string(sql));
  REQUIRE(script.statements.size() == 1);
  TypeName type;
  for_each_clause<AlterType>(script.statements[0],
                             [&type](const AlterTable&, const AlterType& clause, Span) { type = clause.type; });
  return type;
}

}  // namespace

TEST_CASE("the bad example of each rule does what the rule says")
{
  const PostgresServer* postgres = server();
  if (postgres == nullptr) {
    return;
  }
  const std::map<std::string_view, std::string_view> says{
      {"add-column-not-null-no-default", "contains null values"},
      {"add-column-volatile-default", "rewriting table \"orders\""},
      {"alter-type-rewrite", "rewriting table \"orders\""},
      {"create-index-blocking", "building index \"orders_customer_id_idx\""},
      {"concurrently-in-transaction", "cannot run inside a transaction block"},
      {"add-foreign-key-validating", "validating foreign key constraint \"orders_customer_fk\""},
      {"set-not-null-scan", "verifying table \"orders\""}};
  for (const auto& one : says) {
    CAPTURE(std::string(one.first));
    const std::string said = run_in_schema(*postgres, fixture(one.first, "bad"));
    CAPTURE(said);
    CHECK(said.find(one.second) != std::string::npos);
  }
  CHECK(run_in_schema(*postgres, fixture("drop-column", "bad") + "SELECT remark FROM orders;").find("does not exist")
        != std::string::npos);
  CHECK(run_in_schema(*postgres, fixture("rename-table", "bad") + "SELECT 1 FROM orders;").find("does not exist")
        != std::string::npos);
}

TEST_CASE("the good example of each rule works and rewrites nothing")
{
  const PostgresServer* postgres = server();
  if (postgres == nullptr) {
    return;
  }
  for (const auto& entry :
       std::filesystem::directory_iterator(sluice::test::source_directory() / "fixtures" / "migrations" / "rules")) {
    const std::string rule = entry.path().filename().string();
    CAPTURE(rule);
    const std::string said = run_in_schema(*postgres, fixture(rule, "good"));
    CAPTURE(said);
    CHECK(said.find("ERROR") == std::string::npos);
    CHECK(said.find("rewriting table") == std::string::npos);
  }
  CHECK(run_in_schema(*postgres, fixture("set-not-null-scan", "good")).find("sufficient to prove that it does not")
        != std::string::npos);
  CHECK(run_in_schema(*postgres, fixture("rename-table", "good")
                                     + "INSERT INTO orders VALUES (9); SELECT 'row', id "
                                       "FROM orders WHERE id = 9;")
            .find("row|9")
        != std::string::npos);
}

TEST_CASE("type changes rewrite when we say so")
{
  const PostgresServer* postgres = server();
  if (postgres == nullptr) {
    return;
  }
  constexpr std::array<std::string_view, 27> types{
      "int",          "bigint",      "smallint",       "text",         "varchar",       "varchar(5)",    "varchar(9)",
      "char(5)",      "char(9)",     "numeric",        "numeric(9,2)", "numeric(12,2)", "numeric(12,4)", "timestamp",
      "timestamp(3)", "timestamptz", "timestamptz(3)", "interval",     "interval(3)",   "varbit(5)",     "varbit(9)",
      "varbit",       "bit(3)",      "varchar(5)[]",   "text[]",       "cidr",          "inet"};
  std::string script;
  for (const std::string_view from : types) {
    for (const std::string_view to : types) {
      script += fmt::format("DROP TABLE IF EXISTS t; CREATE TABLE t (c {}); SET client_min_messages = debug1;\n"
                            "\\warn pair {}>{}\nALTER TABLE t ALTER c TYPE {};\nRESET client_min_messages;\n",
                            from, from, to, to);
    }
  }
  // Messages and marks share one stream, so their order holds.
  const std::string said = postgres->run(script);
  std::string from;
  std::string to;
  bool failed = false;
  bool rewritten = false;
  std::size_t compared = 0;
  const auto compare = [&] {
    if (from.empty() || failed) {
      return;
    }
    CAPTURE(from);
    CAPTURE(to);
    ++compared;
    CHECK((type_change(type_named(from), type_named(to)) == TypeChange::rewrite) == rewritten);
  };
  for (const std::string_view line : lines_of(said)) {
    if (line.starts_with("pair ")) {
      compare();
      const std::size_t arrow = line.find('>');
      from = line.substr(5, arrow - 5);
      to = line.substr(arrow + 1);
      failed = rewritten = false;
    } else if (line.find("ERROR") != std::string_view::npos) {
      failed = true;
    } else if (line.find("rewriting table") != std::string_view::npos) {
      rewritten = true;
    }
  }
  compare();
  CHECK(compared > 100);
}

TEST_CASE("functions are as volatile as the server says")
{
  const PostgresServer* postgres = server();
  if (postgres == nullptr) {
    return;
  }
  const std::string said =
      postgres->run("SELECT proname || ' ' || bool_or(provolatile = 'v') FROM pg_proc WHERE prokind = "
                    "'f' GROUP BY proname",
                    "base");
  std::size_t known = 0;
  for (const std::string_view line : lines_of(said)) {
    const std::vector<std::string_view> parts = split(line, ' ');
    REQUIRE(parts.size() == 2);
    const Volatility ours = known_volatility({"", std::string(parts[0])});
    if (ours != Volatility::unknown) {
      ++known;
      CAPTURE(std::string(parts[0]));
      CHECK((ours == Volatility::is_volatile) == (parts[1] == "true"));
    }
  }
  CHECK(known > 250);
}

TEST_CASE("statements take the locks that we say")
{
  const PostgresServer* postgres = server();
  if (postgres == nullptr) {
    return;
  }
  constexpr std::array<std::string_view, 24> statements{
      "ALTER TABLE orders ADD COLUMN x int",
      "ALTER TABLE orders ADD COLUMN x int REFERENCES customers (id)",
      "ALTER TABLE orders DROP COLUMN remark",
      "ALTER TABLE orders ALTER total TYPE bigint",
      "ALTER TABLE orders ALTER total SET NOT NULL",
      "ALTER TABLE orders ALTER total SET STATISTICS 10",
      "ALTER TABLE orders ALTER total SET DEFAULT 1",
      "ALTER TABLE orders SET (fillfactor = 90)",
      "ALTER TABLE orders ADD CHECK (total > 0) NOT VALID",
      "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id)",
      "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID",
      "ALTER TABLE orders DISABLE TRIGGER USER",
      "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
      "ALTER TABLE orders RENAME TO purchases",
      "ALTER TABLE orders RENAME COLUMN total TO sum",
      "ALTER TABLE orders SET SCHEMA information_schema",
      "CREATE INDEX ON orders (total)",
      "CREATE POLICY p ON orders USING (true)",
      "CREATE TABLE lines (order_id bigint REFERENCES orders (id))",
      "DROP TABLE orders",
      "LOCK TABLE orders",
      "COMMENT ON TABLE orders IS 'x'",
      "CREATE VIEW v AS SELECT * FROM orders",
      "TRUNCATE orders"};
  for (const std::string_view text : statements) {
    CAPTURE(std::string(text));
    // By id, for a rename hides the name; strongest last.
    const std::string said = postgres->run(
        fmt::format(
            "SELECT 'orders'::regclass::oid AS o, 'customers'::regclass::oid AS c \\gset\nBEGIN; {};\n"
            "SELECT 'lock ' || mode FROM pg_locks WHERE pid = pg_backend_pid() AND relation IN (:o, :c) AND mode "
            "IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock') ORDER BY array_position("
            "'{{ShareLock,ShareRowExclusiveLock,AccessExclusiveLock}}'::text[], mode) DESC LIMIT 1;\nROLLBACK;",
            text),
        "base");
    const Script script = parse_script(text);
    REQUIRE(script.statements.size() == 1);
    const auto locks = blocking_locks(script.statements[0], Catalog());
    const std::map<LockMode, std::string> names{{LockMode::share, "lock ShareLock"},
                                                {LockMode::share_row_exclusive, "lock ShareRowExclusiveLock"},
                                                {LockMode::access_exclusive, "lock AccessExclusiveLock"}};
    CHECK(trim(said) == (locks.empty() ? "" : names.at(locks.front().mode)));
  }
}

TEST_CASE("statements hold their locks for what we say")
{
  const PostgresServer* postgres = server();
  if (postgres == nullptr) {
    return;
  }
  constexpr std::array<std::string_view, 24> statements{
      "ALTER TABLE orders ADD COLUMN x int",
      "ALTER TABLE orders ADD COLUMN x int NOT NULL DEFAULT 0",
      "ALTER TABLE orders ADD COLUMN x timestamptz DEFAULT now()",
      "ALTER TABLE orders ADD COLUMN x uuid DEFAULT gen_random_uuid()",
      "ALTER TABLE orders ADD COLUMN x int GENERATED ALWAYS AS (total + 1) STORED",
      "ALTER TABLE orders ADD COLUMN x serial",
      "ALTER TABLE orders ADD COLUMN x int REFERENCES customers (id)",
      "ALTER TABLE orders ADD COLUMN x int DEFAULT 1 REFERENCES customers (id)",
      "ALTER TABLE orders ADD COLUMN x int CHECK (x > 0)",
      "ALTER TABLE orders ADD COLUMN x int UNIQUE",
      "ALTER TABLE orders DROP COLUMN remark",
      "ALTER TABLE orders ALTER total TYPE bigint",
      "ALTER TABLE orders ALTER total SET NOT NULL",
      "ALTER TABLE orders ALTER total SET DEFAULT 1",
      "ALTER TABLE orders ADD CHECK (total > 0)",
      "ALTER TABLE orders ADD CHECK (total > 0) NOT VALID",
      "ALTER TABLE orders ADD UNIQUE (total)",
      "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id)",
      "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID",
      "ALTER TABLE orders SET UNLOGGED",
      "ALTER TABLE orders RENAME TO purchases",
      "CREATE INDEX ON orders (total)",
      "DROP TABLE orders",
      "LOCK TABLE orders"};
  for (const std::string_view text : statements) {
    CAPTURE(std::string(text));
    const std::string said = run_in_schema(*postgres, fmt::format("BEGIN; {}; COMMIT;", text));
    CAPTURE(said);
    CHECK(said.find("ERROR") == std::string::npos);
    const auto says = [&said](std::string_view words) { return said.find(words) != std::string::npos; };
    const LockLength length = says("rewriting table")                                 ? LockLength::rewrite
                              : says("building index")                                ? LockLength::index_build
                              : says("verifying table") || says("validating foreign") ? LockLength::scan
                                                                                      : LockLength::instant;
    const Script script = parse_script(text);
    REQUIRE(script.statements.size() == 1);
    const auto locks = blocking_locks(script.statements[0], Catalog());
    REQUIRE_FALSE(locks.empty());
    const auto longest = std::max_element(locks.begin(), locks.end(),
                                          [](const TableLock& a, const TableLock& b) { return a.length < b.length; });
    CHECK(name_of(longest->length) == name_of(length));
  }
}

}  // namespace sluice::migrations
