// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/type.hpp"
#include "env/type_options.hpp"
#include "env/written_url.hpp"

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
std::string
engine_of(std::string_view scheme)
{
  const std::string lower = to_lower(scheme.substr(scheme.rfind(':') + 1));
  const bool is_known = std::find(known.begin(), known.end(), lower) != known.end();
  return is_known ? lower : lower.substr(0, lower.find('+'));
}

std::optional<std::string>
defect(std::string_view value, const TypeOptions& options)
{
  if (std::any_of(of_files.begin(), of_files.end(),
                  [value](std::string_view each) { return value.starts_with(each); })) {
    return std::nullopt;
  }
  const auto parts = written_url(value);
  if (!parts) {
    return "is not the address of a database (`postgres://…`)";
  }
  const std::string engine = engine_of(parts->scheme);
  const auto schemes = values_of_option(options, "schemes");
  const bool is_allowed = schemes.empty() ? std::find(known.begin(), known.end(), engine) != known.end()
                                          : std::find(schemes.begin(), schemes.end(), engine) != schemes.end();
  if (!is_allowed) {
    return "is an address of another scheme than databases have";
  }
  const auto hosts = split(parts->host, ',');
  const auto is_one = [](std::string_view host) {
    return is_host(host.substr(0, host.find(host.starts_with('[') ? '\0' : ':')));
  };
  // Without a host it is the socket of this machine: `postgres:///app?host=/run`.
  return parts->host.empty() || std::all_of(hosts.begin(), hosts.end(), is_one)
             ? std::nullopt
             : std::optional<std::string>("is the address of a database without a host that could be one");
}

}  // namespace

extern const Type type_database_url{
    .id = "database-url", .names = names, .option_names = option_names, .defect = defect};

}  // namespace sluice::env
