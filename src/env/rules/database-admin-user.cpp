// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 8> admins{
    "postgres", "root", "sa", "supabase_admin", "doadmin", "rdsadmin", "cloudsqlsuperuser", "avnadmin"};

bool
is_admin(std::string_view user)
{
  // Of a pooler the project stands behind a dot: "postgres.abc".
  const std::string_view name = user.substr(0, user.find('.'));
  return std::find(admins.begin(), admins.end(), name) != admins.end();
}

bool
is_for_admins(std::string_view name)
{
  return has_word(name, {"migration", "migrations", "migrate", "migrator", "admin", "direct", "root", "superuser",
                         "shadow", "backup", "owner", "ddl", "setup", "flyway", "liquibase", "unpooled"});
}

bool
names_admin(const ValueContext& value)
{
  if (const auto url = url_of(value.value)) {
    return database_kind(url->scheme) != DatabaseKind::none && is_admin(url->user);
  }
  const bool is_of_database = has_word(value.key, {"db", "database", "pg", "postgres", "mysql", "pguser"});
  return is_of_database && (value.key == "PGUSER" || has_word(value.key, {"user", "username"}))
         && is_admin(value.value);
}

void
check_value(const ValueContext& value, Reporter& reporter)
{
  if (!is_deployed(value.stage) || is_for_admins(value.key) || is_placeholder(value) || !names_admin(value)) {
    return;
  }
  reporter.report(value.file, value.entry,
                  {.message = fmt::format("{} signs in to the database as its administrator", title_of(value)),
                   .help = fmt::format("Give {} a user that may read and write the program's tables and nothing else",
                                       printable(value.key))});
}

constexpr std::array<std::string_view, 2> references{"https://www.postgresql.org/docs/current/role-attributes.html",
                                                     "https://supabase.com/docs/guides/database/postgres/roles"};
constexpr std::array<std::string_view, 1> tags{"database"};

}  // namespace

extern const Rule rule_database_admin_user{
    .meta =
        {.id = "database-admin-user",
         .title = "A program uses a database as its administrator",
         .since = "0.1.0",
         .doc = {.what = R"(Finds URLs and `…_USER` variables of databases in files of staging and production whose user
is `postgres`, `root`, `sa`, `supabase_admin` or another one that may do everything. Names that say that they are for
migrations or administration are passed over.)",
                 .why = R"(One injection in the program, and whoever found it drops tables, reads other databases and
makes users.)",
                 .instead = R"(Make a user that may read and write the tables of the program and nothing else.)",
                 .known_problems = R"(`POSTGRES_USER` of an image that starts a database names the user whom it makes;
allow it there.)",
                 .references = references},
         .severity = Severity::medium,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
