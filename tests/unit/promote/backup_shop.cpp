// SPDX-License-Identifier: Apache-2.0
#include "backup_shop.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <utility>

namespace sluice::promote::test {

namespace {

namespace fs = std::filesystem;

/// A CHECK that the server writes anew with each restore, a name that psql must not obey, and rows that look like the
/// end of data or like a command.
constexpr std::string_view schema = R"sql(
CREATE EXTENSION citext;
CREATE TYPE state AS ENUM ('open', 'it''s');
CREATE TABLE customers (id serial PRIMARY KEY, mail citext, how state DEFAULT 'open');
CREATE TABLE orders (id int PRIMARY KEY, customer int CONSTRAINT orders_customer_fkey REFERENCES customers,
  kind varchar(10) DEFAULT 'a' CHECK (kind IN ('a', 'b')), total int CHECK (total >= 0));
CREATE INDEX orders_by_total ON orders (total) WHERE kind IN ('a', 'b');
CREATE TABLE notes (body text);
COMMENT ON TABLE notes IS 'ends with \';
CREATE TABLE "od""d
name; \! touch x" (i int);
CREATE VIEW totals AS SELECT sum(total) FROM orders;
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 1; -- \! $$;
INSERT INTO customers (mail) VALUES ('A@example.org');
INSERT INTO orders SELECT i, 1, 'a', i FROM generate_series(1, 1000) AS i;
INSERT INTO notes VALUES (E'\\.'), (E'\n\\! touch x\n');
INSERT INTO "od""d
name; \! touch x" VALUES (1);
)sql";

std::string
address_of(std::string_view database)
{
  return fmt::format("host={} user=postgres dbname={}", server().socket_directory().string(), database);
}

}  // namespace

const sluice::test::PostgresServer&
server()
{
  static std::string reason;
  static const auto started = sluice::test::PostgresServer::start(reason);
  REQUIRE_MESSAGE(started, "no PostgreSQL could be started: ", reason);
  return *started;
}

Shop::Shop()
{
  static int number = 0;
  database = fmt::format("shop_{}", ++number);
  REQUIRE(server().run("CREATE DATABASE " + database).empty());
  run(schema);
  setting.source = address_of(database);
  setting.scratch = address_of("postgres");
  setting.file = "app.dump";
  process = {{"PATH", "/usr/bin:/bin"}, {"DB", setting.source}};
}

Shop::~Shop()
{
  (void)server().run("DROP DATABASE " + database + " WITH (FORCE)");
}

BackupCall
Shop::call() const
{
  return {
      .setting = setting, .directory = directory.path(), .process = process, .now = now, .tick = tick, .keep = keep};
}

BackupOutcome
Shop::take() const
{
  auto outcome = take_backup(call());
  REQUIRE_MESSAGE(outcome, outcome.error().message);
  return std::move(*outcome);
}

bool
Shop::is_refused(std::string_view words) const
{
  const BackupOutcome outcome = take();
  const bool is_it = outcome.kind == BackupOutcome::Kind::refused && outcome.why.find(words) != std::string::npos;
  if (!is_it) {
    MESSAGE("kind ", static_cast<int>(outcome.kind), ": ", outcome.why);
  }
  return is_it;
}

void
Shop::run(std::string_view script) const
{
  const std::string said = server().run("SET client_min_messages = warning;\n" + std::string(script), database);
  REQUIRE_MESSAGE(said.empty(), said);
}

void
Shop::dump_by(const std::string& script)
{
  setting.dump = {"sh", "-c", script};
}

void
Shop::write(const std::string& name, std::string_view text) const
{
  REQUIRE(write_file(directory.path() / name, text));
}

std::string
Shop::text(const std::string& name) const
{
  return read_file(directory.path() / name).value();
}

std::set<std::string>
Shop::names() const
{
  std::set<std::string> all;
  for (const auto& entry : fs::directory_iterator(directory.path())) {
    all.insert(entry.path().filename().string());
  }
  return all;
}

void
Shop::set_age(std::chrono::seconds age) const
{
  const timespec written{(now - age).time_since_epoch().count(), 0};
  const timespec both[]{written, written};
  REQUIRE(::utimensat(AT_FDCWD, (directory.path() / setting.file).c_str(), both, 0) == 0);
}

std::string
Shop::leftovers()
{
  return server().run("SELECT datname FROM pg_database WHERE datname LIKE 'sluice!_proof!_2%' ESCAPE '!' "
                      "UNION ALL SELECT rolname FROM pg_roles WHERE rolname LIKE 'made%'");
}

}  // namespace sluice::promote::test
