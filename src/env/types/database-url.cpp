// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/type.hpp"
#include "env/type_options.hpp"
#include "env/url.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 13> names{
    "databaseurl", "db-url",   "dburl",    "dsn",          "postgresdsn",   "postgres-url", "mysqldsn",
    "mariadbdsn",  "mongodsn", "redisdsn", "cockroachdsn", "clickhousedsn", "connectionurl"};
constexpr std::array<std::string_view, 1> option_names{"schemes"};

constexpr std::array<std::string_view, 22> known{
    "postgres", "postgresql", "mysql", "mysql2", "mariadb",   "mongodb",        "mongodb+srv", "redis",
    "rediss",   "sqlserver",  "mssql", "oracle", "cockroach", "cockroachdb",    "clickhouse",  "cassandra",
    "neo4j",    "neo4j+s",    "bolt",  "libsql", "prisma",    "prisma+postgres"};

/// Databases that are files.
constexpr std::array<std::string_view, 4> of_files{"sqlite:", "file:", "sqlite3:", ":memory:"};

/// "postgresql" of "jdbc:postgresql" and of "postgresql+asyncpg".
std::string_view
engine_of(std::string_view scheme)
{
  const std::string_view name = scheme.substr(scheme.rfind(':') + 1);
  const bool is_known = std::find(known.begin(), known.end(), name) != known.end();
  return is_known ? name : name.substr(0, name.find('+'));
}

std::optional<std::string>
defect(std::string_view value, const TypeOptions& options)
{
  if (std::any_of(of_files.begin(), of_files.end(),
                  [value](std::string_view each) { return value.starts_with(each); })) {
    return std::nullopt;
  }
  const auto url = url_of(value);
  if (!url || !is_well_formed(*url)) {
    return "is not the address of a database (`postgres://…`)";
  }
  const std::string_view engine = engine_of(url->scheme);
  const auto schemes = values_of_option(options, "schemes");
  const bool is_allowed = schemes.empty() ? std::find(known.begin(), known.end(), engine) != known.end()
                                          : std::find(schemes.begin(), schemes.end(), engine) != schemes.end();
  if (!is_allowed) {
    return "is an address of another scheme than databases have";
  }
  // Without a host it is the socket of this machine: `postgres:///app?host=/run`.
  return url->places.empty() || url->places.starts_with(':') || has_valid_hosts(*url)
             ? std::nullopt
             : std::optional<std::string>("is the address of a database without a host that could be one");
}

}  // namespace

extern const Type type_database_url{
    .id = "database-url", .names = names, .option_names = option_names, .defect = defect};

}  // namespace sluice::env
