// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

bool
is_for_migrations(std::string_view name)
{
  return has_word(name, {"migration", "migrations", "migrate", "migrator", "admin", "owner", "ddl"});
}

struct Login
{
  std::string_view name;
  std::string_view user;
  Held held;
};

std::vector<Login>
logins_of(const Target& target)
{
  std::vector<Login> logins;
  for (const auto& [name, held] : target.values) {
    const auto url = held.entry->value ? url_of(*held.entry->value) : std::nullopt;
    const DatabaseKind kind = url ? database_kind(url->scheme) : DatabaseKind::none;
    const bool is_sql = kind == DatabaseKind::postgres || kind == DatabaseKind::mysql;
    if (is_sql && !url->user.empty() && url->user.find('$') == std::string_view::npos) {
      logins.push_back({name, url->user, held});
    }
  }
  return logins;
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (const Target& target : survey.targets) {
    if (!is_deployed(target.stage)) {
      continue;
    }
    const std::vector<Login> logins = logins_of(target);
    for (const Login& own : logins) {
      const auto other = std::find_if(logins.begin(), logins.end(), [&](const Login& each) {
        return is_for_migrations(each.name) && !is_for_migrations(own.name) && each.user == own.user;
      });
      if (other == logins.end() || has_word(own.name, {"direct", "shadow"})) {
        continue;
      }
      const std::uint32_t line = other->held.file->line_of(*other->held.entry);
      reporter.report(*own.held.file, *own.held.entry,
                      {.message = fmt::format(
                           "{} of {} signs in as the same user as {}, so the program may drop what migrations make",
                           printable(own.name), printable(title_of(target)), printable(other->name)),
                       .help = fmt::format("Give {} a user that owns nothing", printable(own.name)),
                       .subject = subject_of(target, own.name),
                       .related = {{{other->held.file->source.path(), {line, 0}, {line, 0}, {}},
                                    PlaceRole::cause,
                                    "the migrations' user"}}});
    }
  }
}

constexpr std::array<std::string_view, 1> references{"https://www.postgresql.org/docs/current/ddl-priv.html"};
constexpr std::array<std::string_view, 1> tags{"database"};

}  // namespace

extern const Rule rule_same_database_user{
    .meta = {.id = "same-database-user",
             .title = "The program and its migrations are one database user",
             .since = "0.1.0",
             .doc = {.what = R"(Compares the users of database URLs of one deployed environment: that of the program
(`DATABASE_URL` and the like) with those of variables that say that they are for migrations or administration.)",
                     .why = R"(The program may then drop and alter every table, and so may whoever finds an injection in
it.)",
                     .instead = R"(Make a user for the program that owns nothing, and keep the owner for migrations.)",
                     .references = references},
             .severity = Severity::medium,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check = check};

}  // namespace sluice::env
