// SPDX-License-Identifier: Apache-2.0
#include "promote/backup_scratch.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "promote/backup_random.hpp"

#include <utility>

namespace sluice::promote {

namespace {

/// The first words of a name, with the server's time in it, and whether the user is a superuser.
constexpr std::string_view greeting{"SELECT to_char(now() AT TIME ZONE 'UTC', "
                                    "'\"sluice_proof_\"YYYYMMDDHH24MISS\"_\"'), current_setting('is_superuser');\n"};

/// A proof takes no three days: the longest timeout is one.
constexpr std::string_view clearance{R"sql(
SELECT format('DROP DATABASE IF EXISTS %I', d.datname) FROM pg_database d
WHERE d.datname ~ '^sluice_proof_[0-9]{14}_[0-9a-f]{16}$'
  AND to_timestamp(substr(d.datname, 14, 14), 'YYYYMMDDHH24MISS') < now() - interval '3 days'
  AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname)
\gexec
)sql"};

std::string
list_of_literals(const auto& names)
{
  std::string list;
  for (const auto& name : names) {
    list += (list.empty() ? "(" : ", (") + sql_literal(name) + ")";
  }
  return list;
}

std::string
creation(std::string_view name, const BackupContents* source, std::string_view collation,
         std::string_view character_type)
{
  std::string statement = "CREATE DATABASE " + sql_name(name) + " TEMPLATE template0";
  if (source != nullptr) {
    statement += " ENCODING " + sql_literal(source->encoding) + " LC_COLLATE " + sql_literal(collation) + " LC_CTYPE "
                 + sql_literal(character_type);
  }
  return statement + ";\n";
}

/// Without the source's locale where the server does not have it: rows and constraints are the same in any.
Result<>
make_database(const PostgresClient& server, std::string_view name, const BackupContents* source, std::string_view what)
{
  if (source == nullptr) {
    TRY(run_psql(server, creation(name, nullptr, "", ""), what));
    return {};
  }
  const auto made = run_psql(server, creation(name, source, source->collation, source->character_type), what);
  if (!made && made.error().message.find("locale") == std::string::npos) {
    return Failure(made.error());
  }
  if (!made) {
    TRY(run_psql(server, creation(name, source, "C", "C"), what));
  }
  return {};
}

/// What a dump of single schemas needs of the source's extensions, which it does not hold. One in a schema that the
/// dump itself makes cannot be there before it, and one that the server has not may not be needed.
std::string
extensions_before(const BackupScript& script, const BackupContents& source)
{
  std::string statements;
  for (const auto& [name, thing] : source.of_kind("extension")) {
    const std::string& schema = thing.definition;
    if (script.extensions.contains(name) || script.schemas.contains(schema)) {
      continue;
    }
    if (!schema.starts_with("pg_")) {
      statements += "CREATE SCHEMA IF NOT EXISTS " + sql_name(schema) + ";\n";
    }
    statements += "SELECT format('CREATE EXTENSION IF NOT EXISTS %I SCHEMA %I CASCADE', name, " + sql_literal(schema)
                  + ") FROM pg_available_extensions WHERE name = " + sql_literal(name) + " \\gexec\n";
  }
  return statements;
}

}  // namespace

Result<ScratchDatabase>
ScratchDatabase::create(const PostgresClient& server, const BackupContents* source)
{
  PostgresClient maintenance = server;
  if (maintenance.address.get("dbname").empty()) {
    maintenance.address.parameters.insert_or_assign("dbname", "postgres");
  }
  const std::string what = "scratch: cannot make a database at " + place_of(maintenance.address);
  TRY_ASSIGN(const std::string greeted, run_psql(maintenance, std::string(greeting), what));
  (void)run_psql(maintenance, std::string(clearance), what);  // another run may be about it
  const std::vector<std::string_view> answers = split(trim(greeted), '|');
  const std::string name = std::string(answers.front()) + random_hex();
  TRY(make_database(maintenance, name, source, what));
  PostgresClient client = maintenance;
  client.address.parameters.insert_or_assign("dbname", name);
  ScratchDatabase database(std::move(maintenance), std::move(client));
  database.is_of_superuser_ = answers.back() == "on";
  return database;
}

ScratchDatabase::ScratchDatabase(ScratchDatabase&& other) noexcept
    : server_(std::move(other.server_)),
      client_(std::move(other.client_)),
      roles_(std::move(other.roles_)),
      is_of_superuser_(other.is_of_superuser_),
      is_there_(std::exchange(other.is_there_, false))
{}

ScratchDatabase::~ScratchDatabase()
{
  if (is_there_) {
    (void)drop();
  }
}

Result<>
ScratchDatabase::drop()
{
  PostgresClient server = server_;
  server.tick = {};  // also if the promotion was stopped
  const std::string name(client_.address.get("dbname"));
  TRY(run_psql(server, "DROP DATABASE IF EXISTS " + sql_name(name) + " WITH (FORCE);\n",
               "scratch: cannot drop the database " + name));
  is_there_ = false;
  std::string statements;
  for (const std::string& role : std::exchange(roles_, {})) {
    statements += "DROP ROLE IF EXISTS " + sql_name(role) + ";\n";
  }
  if (!statements.empty()) {
    TRY(run_psql(server, "SET client_min_messages = error;\n" + statements,
                 "scratch: cannot drop the roles made for it"));
  }
  return {};
}

Result<>
ScratchDatabase::prepare(const BackupScript& script, const BackupContents* source)
{
  TRY(make_roles(script));
  TRY(check_extensions(script));
  std::string statements = "SET client_min_messages = error;\nSET standard_conforming_strings = on;\n";
  // A dump of the schema alone makes it, which every new database has.
  statements += script.schemas.contains("public") ? "DROP SCHEMA public;\n" : "";
  statements += source != nullptr ? extensions_before(script, *source) : "";
  TRY(run_psql(client_, statements, "scratch: cannot make what the dump needs"));
  return {};
}

/// They may nothing and are no more than names; who makes them is in them, to give them what the dump says is theirs.
Result<>
ScratchDatabase::make_roles(const BackupScript& script)
{
  if (script.roles.empty()) {
    return {};
  }
  const std::string missing = "FROM (VALUES " + list_of_literals(script.roles)
                              + ") AS wanted(name) WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name)";
  constexpr std::string_view settings{"SET standard_conforming_strings = on;\n"};
  constexpr std::string_view what{"scratch: cannot make the roles that the dump names"};
  TRY_ASSIGN(const std::string made,
             run_psql(server_,
                      std::string(settings) + "BEGIN;\nSELECT encode(convert_to(wanted.name, 'UTF8'), 'hex') " + missing
                          + ";\nSELECT format('CREATE ROLE %I NOLOGIN ROLE CURRENT_USER', wanted.name) " + missing
                          + "\n\\gexec\nCOMMIT;\n",
                      what));
  for (const std::string_view line : lines_of(made)) {
    if (auto role = from_hex(trim(line))) {
      roles_.push_back(std::move(*role));
    }
  }
  return {};
}

Result<>
ScratchDatabase::check_extensions(const BackupScript& script) const
{
  if (script.extensions.empty()) {
    return {};
  }
  std::vector<std::string> names;
  for (const auto& [name, schema] : script.extensions) {
    names.push_back(name);
  }
  TRY_ASSIGN(const std::string missing,
             run_psql(client_,
                      "SET standard_conforming_strings = on;\nSELECT quote_ident(wanted.name) FROM (VALUES "
                          + list_of_literals(names)
                          + ") AS wanted(name) WHERE NOT EXISTS (SELECT FROM pg_available_extensions AS known WHERE "
                            "known.name = wanted.name);\n",
                      "scratch: cannot tell which extensions it has"));
  if (!missing.empty()) {
    const std::vector<std::string_view> lines = lines_of(missing);
    return fail(ErrorKind::input, "needs the extension {}, which the scratch server does not have",
                printable(lines.front()));
  }
  return {};
}

}  // namespace sluice::promote
