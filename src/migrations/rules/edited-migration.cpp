// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "migrations/rule.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace sluice::migrations {

namespace {

constexpr std::array<std::string_view, 2> references{"https://www.postgresql.org/docs/current/sql-altertable.html",
                                                     "https://www.postgresql.org/docs/current/ddl-alter.html"};

std::string_view
name_of(std::string_view path)
{
  return path.substr(path.find_last_of('/') + 1);
}

/// Flyway runs R__x.sql, and graphile-migrate current.sql, whenever their text has changed.
bool
is_repeatable(std::string_view path)
{
  return name_of(path).starts_with("R__") || name_of(path) == "current.sql";
}

/// The first statement that databases which ran the file will not run; none: it only lost some.
const Statement*
first_fresh(const JudgedFile& file)
{
  for (std::size_t i = 0; i < file.statements.size(); ++i) {
    const Statement& statement = file.statements[i];
    const bool is_setting = as<SetVariable>(statement) != nullptr || as<TransactionControl>(statement) != nullptr;
    if (!is_setting && file.novelty->of_statement(i) == Age::fresh) {
      return &statement;
    }
  }
  return nullptr;
}

bool
has_fresh_foreign(const Novelty& novelty)
{
  return std::find(novelty.foreign.begin(), novelty.foreign.end(), Age::fresh) != novelty.foreign.end();
}

void
report_edit(const JudgedFile& file, const Statement* fresh, Reporter& reporter)
{
  const Novelty& novelty = *file.novelty;
  const std::string was = novelty.was ? *novelty.was : novelty.taken.front();
  const std::string lost = novelty.lost.empty()
                               ? std::string()
                               : fmt::format(", and keep what it no longer says ({})", novelty.lost.front());
  reporter.report({.where = fresh == nullptr ? Span{} : fresh->where,
                   .message = fmt::format("{} was merged before and says something else now: databases that have run "
                                          "it never see the edit{}, so they and new ones part",
                                          was, lost),
                   .help = "Leave the file as it was merged, and bring the difference in a new migration"});
}

void
report_gone(const Novelty& novelty, Reporter& reporter)
{
  const std::string said = novelty.lost.empty() ? std::string() : fmt::format(" ({})", novelty.lost.front());
  reporter.report({.where = {},
                   .message = fmt::format("{} was merged before and is no migration any more: databases that have run "
                                          "it keep what it did{}, new ones never get it, and tools that look for the "
                                          "file refuse to deploy",
                                          novelty.was.value_or(""), said),
                   .help = "Put the file back as it was merged, and undo what it did in a new migration"});
}

void
check(const JudgedFile& file, Reporter& reporter)
{
  const Novelty& novelty = *file.novelty;
  if (is_repeatable(file.source->path())) {
    reporter.spare({}, "the file is one that its tool runs whenever it has changed");
    return;
  }
  if (novelty.presence == Novelty::Presence::gone) {
    report_gone(novelty, reporter);
    return;
  }
  const Statement* fresh = first_fresh(file);
  const bool has_fresh = fresh != nullptr || has_fresh_foreign(novelty);
  if ((novelty.was && has_fresh) || !novelty.lost.empty()) {
    report_edit(file, fresh, reporter);
  } else if (!novelty.was && !novelty.taken.empty()) {
    reporter.report({.where = {},
                     .message = fmt::format("{} {} merged before and {} part of {} now: a tool that goes by names runs "
                                            "the statements again on databases that have run them",
                                            fmt::join(novelty.taken, ", "), novelty.taken.size() == 1 ? "was" : "were",
                                            novelty.taken.size() == 1 ? "is" : "are", name_of(file.source->path())),
                     .help = "Keep the names of merged migrations, or mark the new file as applied on every database",
                     .severity = Severity::low});
  }
}

}  // namespace

extern const Rule rule_edited_migration{
    .meta =
        {.id = "edited-migration",
         .title = "A merged migration is edited, renamed, deleted or joined with others",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds a migration that the base of the change has as well and whose statements are others now: added, taken away or
written anew. Comments, layout, line ends and `SET` do not count. One that is deleted, or that its tool does not run any
more, is found as well. A merged migration under another version, or whose statements are part of another file, is
found too, with the severity low.)",
              .why =
                  R"(A migration runs once on each database, and its tool remembers it by its name or a checksum. Production has run the old
text and will not run the new one: from then on a new database, such as that of a test, differs from it. Tools with
checksums (Flyway, sqlx, Prisma) refuse to deploy at all. Under another name the tool takes it for a new one, and
runs it a second time.)",
              .instead = R"(Leave the file as it is and write what is missing into a new one:

```sql
SET lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN note text;
```)",
              .known_problems =
                  R"(Merged is what the base has, whether any database has run it yet or not. Files that their tool runs again whenever they
change (`R__*.sql`, `current.sql`) are left alone. A comment cannot allow that a file is gone: that takes an entry of `allow` on
the base branch, or a file that holds all statements of those which it replaces.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = consequence::failure,
         .tool = tool_name},
    .check_file = check};

}  // namespace sluice::migrations
