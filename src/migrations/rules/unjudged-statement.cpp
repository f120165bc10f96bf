// SPDX-License-Identifier: Apache-2.0
#include "migrations/known_functions.hpp"
#include "migrations/rule.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::migrations {

namespace {

constexpr std::array<std::string_view, 2> references{"https://www.postgresql.org/docs/current/sql-commands.html",
                                                     "https://www.postgresql.org/docs/current/explicit-locking.html"};

/// What a clause of ALTER TABLE does to a table in use.
struct ClauseEffect
{
  std::string_view clause;  ///< the parser's name
  std::string_view spoken;
  std::string_view does;
  std::string_view help;
  Severity severity = Severity::high;
};

constexpr std::string_view rewrites = "copies it under ACCESS EXCLUSIVE, which blocks reads and writes as long as that "
                                      "takes";
constexpr std::string_view unprotects = "shows every row to whoever has a privilege on it";
constexpr std::string_view untriggers = "switches off what the triggers see to, foreign keys included, for every "
                                        "session";

constexpr std::array clause_effects = std::to_array<ClauseEffect>({
    {"AT_SetTableSpace", "SET TABLESPACE", rewrites, "Do it in a maintenance window, or with pg_repack"},
    {"AT_SetLogged", "SET LOGGED", rewrites, "Do it in a maintenance window"},
    {"AT_SetUnLogged", "SET UNLOGGED", "copies it under ACCESS EXCLUSIVE, and from then on a crash empties it",
     "Keep it logged, or make an unlogged table beside it", Severity::critical},
    {"AT_SetAccessMethod", "SET ACCESS METHOD", rewrites, "Do it in a maintenance window"},
    {"AT_AttachPartition", "ATTACH PARTITION",
     "reads all of the partition under ACCESS EXCLUSIVE, and the default partition as well, unless a check proves that "
     "every row belongs there",
     "Add a validated CHECK of the partition's bounds first, and drop it afterwards", Severity::medium},
    {"AT_DisableRowSecurity", "DISABLE ROW LEVEL SECURITY", unprotects,
     "Keep it enabled, and change the policies instead"},
    {"AT_NoForceRowSecurity", "NO FORCE ROW LEVEL SECURITY", "shows every row to its owner", "Keep it forced"},
    {"AT_DisableTrig", "DISABLE TRIGGER", untriggers, "Leave the triggers on", Severity::medium},
    {"AT_DisableTrigAll", "DISABLE TRIGGER ALL", untriggers, "Leave the triggers on"},
    {"AT_DisableTrigUser", "DISABLE TRIGGER USER", untriggers, "Leave the triggers on", Severity::medium},
    {"AT_DisableRule", "DISABLE RULE", "lets commands through that the rule rewrote", "Leave the rule on",
     Severity::medium},
    {"AT_EnableReplicaTrig", "ENABLE REPLICA TRIGGER", untriggers, "Leave the triggers on", Severity::medium},
    {"AT_EnableReplicaRule", "ENABLE REPLICA RULE", "lets commands through that the rule rewrote", "Leave the rule on",
     Severity::medium},
    {"AT_ChangeOwner", "OWNER TO",
     "takes it out of the hands of the role that had it, and lets the new owner past row "
     "level security",
     "Grant the new role what it needs", Severity::medium},
    {"AT_AlterConstraint", "ALTER CONSTRAINT", "changes when a key is checked, under ACCESS EXCLUSIVE",
     "Add the constraint anew beside it", Severity::medium},
    {"AT_ReplicaIdentity", "REPLICA IDENTITY", "changes what replication sends, under ACCESS EXCLUSIVE",
     "Do it when no subscriber needs the old identity", Severity::medium},
    {"AT_AddInherit", "INHERIT", "shows its rows in every query of the parent", "Use partitions", Severity::medium},
    {"AT_DropInherit", "NO INHERIT", "hides its rows from every query of the parent", "Use partitions",
     Severity::medium},
    {"AT_DropExpression", "DROP EXPRESSION", "stops computing the column, under ACCESS EXCLUSIVE",
     "Let a trigger compute it first", Severity::low},
    {"AT_DropIdentity", "DROP IDENTITY", "fails every INSERT that leaves the number to the column",
     "Give the column a default in the same statement", Severity::medium},
});

void
report(Reporter& reporter, Span where, std::string_view what, std::string_view does, const ClauseEffect& rest)
{
  reporter.report({.where = where,
                   .message = fmt::format("{} {}", what, does),
                   .help = std::string(rest.help),
                   .severity = rest.severity});
}

/// A key or check that the table is locked for while all of its rows are read; foreign keys have a rule.
bool
check_constraint(const QualifiedName& table, const Constraint& constraint, Span where, Reporter& reporter)
{
  const bool makes_index = constraint.kind == ConstraintKind::unique || constraint.kind == ConstraintKind::primary_key
                           || constraint.kind == ConstraintKind::exclusion;
  if (makes_index && !constraint.uses_index) {
    reporter.report({.where = where,
                     .message = fmt::format("A key on {} builds its index under ACCESS EXCLUSIVE, which blocks reads "
                                            "and writes as long as that takes",
                                            text_of(table)),
                     .help = constraint.kind == ConstraintKind::exclusion
                                 ? "Do it in a maintenance window: there is no way to build it concurrently"
                                 : "CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX"});
    return true;
  }
  if (constraint.kind == ConstraintKind::check && !constraint.not_valid) {
    reporter.report({.where = where,
                     .message = fmt::format("A check on {} reads every row under ACCESS EXCLUSIVE, which blocks reads "
                                            "and writes as long as that takes",
                                            text_of(table)),
                     .help = "Add it as NOT VALID, and VALIDATE CONSTRAINT in a transaction of its own"});
    return true;
  }
  return false;
}

void
check_other(const AlterTable& alter, const OtherClause& clause, Span where, Reporter& reporter)
{
  const auto* effect = std::find_if(clause_effects.begin(), clause_effects.end(),
                                    [&clause](const ClauseEffect& each) { return each.clause == clause.name; });
  if (effect == clause_effects.end()) {
    return;
  }
  const std::string partner = clause.partner ? fmt::format(" {}", text_of(*clause.partner)) : "";
  report(reporter, where, fmt::format("{}{} on {}", effect->spoken, partner, text_of(alter.table)), effect->does,
         *effect);
}

void
check_drop_constraint(const AlterTable& alter, const DropConstraint& drop, Span where, const MigrationContext& context,
                      Reporter& reporter)
{
  if (context.catalog.knows_check(alter.table, drop.name)) {
    reporter.spare(where, "the constraint is a check, which nothing else depends on");
    return;
  }
  reporter.report({.where = where,
                   .message = fmt::format("DROP CONSTRAINT {} on {} gives up what it vouched for, with the index of a "
                                          "key, and fails every ON CONFLICT that names it; that of a foreign key locks "
                                          "the other table too",
                                          drop.name, text_of(alter.table)),
                   .help = "Let the application do without it in one release; drop it in a later one",
                   .severity = Severity::medium});
}

/// A rule of its own knows better; who asks why is told.
bool
is_judged(Span where, Reporter& reporter)
{
  const bool is_reported = reporter.is_reported(where);
  if (is_reported) {
    reporter.spare(where, "a rule of its own reports it");
  }
  return is_reported;
}

void
check_clauses(const AlterTable& alter, const MigrationContext& context, Reporter& reporter)
{
  const bool is_new = context.catalog.is_new(alter.table);
  for (const AlterClause& clause : alter.clauses) {
    const Span where = clause.where;
    const auto* other = std::get_if<OtherClause>(&clause.what);
    const bool has_old_partner = other != nullptr && other->partner && !context.catalog.is_new(*other->partner);
    if ((is_new && !has_old_partner) || is_judged(where, reporter)) {
      continue;
    }
    if (other != nullptr) {
      check_other(alter, *other, where, reporter);
    } else if (const auto* added = std::get_if<AddConstraint>(&clause.what)) {
      check_constraint(alter.table, added->constraint, where, reporter);
    } else if (const auto* column = std::get_if<AddColumn>(&clause.what)) {
      for (const Constraint& constraint : column->column.constraints) {
        if (check_constraint(alter.table, constraint, where, reporter)) {
          break;
        }
      }
    } else if (const auto* drop = std::get_if<DropConstraint>(&clause.what)) {
      check_drop_constraint(alter, *drop, where, context, reporter);
    } else if (const auto* detach = std::get_if<DetachPartition>(&clause.what);
               detach != nullptr && !detach->concurrently) {
      reporter.report({.where = where,
                       .message = fmt::format("DETACH PARTITION on {} takes ACCESS EXCLUSIVE on both tables, which "
                                              "blocks reads and writes, and hides the partition's rows",
                                              text_of(alter.table)),
                       .help = "DETACH PARTITION … CONCURRENTLY, outside of a transaction",
                       .severity = Severity::medium});
    }
  }
}

/// A view, function or type that the file makes anew under the same name is replaced, not taken away.
bool
is_made_again(const Effect& effect, std::span<const Statement> following)
{
  const auto makes = [following](const Object& object) {
    return std::any_of(following.begin(), following.end(), [&object](const Statement& statement) {
      const auto* view = as<CreateView>(statement);
      const auto* function = as<CreateFunction>(statement);
      return std::find(statement.makes.begin(), statement.makes.end(), object) != statement.makes.end()
             || (view != nullptr && object.kind == Object::Kind::view && view->view == object.name)
             || (function != nullptr && object.kind == Object::Kind::function && function->function == object.name);
    });
  };
  return effect.severity == Severity::low && !effect.objects.empty()
         && std::all_of(effect.objects.begin(), effect.objects.end(), makes);
}

/// Why what it does harms nobody; empty if it does.
std::string_view
excuse(const Effect& effect, const MigrationContext& context)
{
  if (effect.function && !effect.function->schema.empty() && context.catalog.defines_function(*effect.function)) {
    return "a migration defines a function of that name";
  }
  const auto is_made = [&context](const Object& object) { return context.catalog.is_made(object); };
  if (!effect.objects.empty() && std::all_of(effect.objects.begin(), effect.objects.end(), is_made)) {
    return "this change has made what it harms";
  }
  if (effect.if_never_null && !context.catalog.proves_not_null(effect.objects.front().name, *effect.if_never_null)) {
    return "its condition may leave rows out";
  }
  return is_made_again(effect, context.following) ? "the file makes it anew" : "";
}

void
check_effects(const Statement& statement, const MigrationContext& context, Reporter& reporter)
{
  if (statement.effects.empty() || is_judged(statement.where, reporter)) {
    return;
  }
  for (const Effect& effect : statement.effects) {
    if (const std::string_view why = excuse(effect, context); !why.empty()) {
      reporter.spare(statement.where, why);
      continue;
    }
    reporter.report({.where = statement.where,
                     .message = fmt::format("{} {}", effect.what, effect.does),
                     .help = effect.help,
                     .severity = effect.severity});
  }
}

void
check_calls(const Statement& statement, const MigrationContext& context, Reporter& reporter)
{
  for (const QualifiedName& function : statement.calls) {
    if (context.called->contains(function) || is_known_function(function)
        || context.catalog.defines_function(function)) {
      continue;
    }
    reporter.report(
        {.where = statement.where,
         .message = fmt::format("Calls {}(), which no migration, PostgreSQL or known extension defines: what "
                                "it does to tables in use cannot be told",
                                text_of(function)),
         .help = "Write what it does as plain statements, or say why it is safe where it stands",
         .confidence = Confidence::medium,
         .severity = Severity::medium});
  }
}

void
check(const Statement& statement, const MigrationContext& context, Reporter& reporter)
{
  if (const auto* alter = as<AlterTable>(statement)) {
    check_clauses(*alter, context, reporter);
  }
  check_effects(statement, context, reporter);
  check_calls(statement, context, reporter);
}

}  // namespace

extern const Rule rule_unjudged_statement{
    .meta =
        {.id = "unjudged-statement",
         .title = "A statement that can destroy, lock or open up has no rule of its own",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds what can do harm and that no other rule judges, unless the change itself has made all that it harms:

- data that goes: `DROP TABLE`, `SCHEMA`, `DATABASE`, `OWNED` and any `CASCADE`, `TRUNCATE`, `DELETE` and `UPDATE` of all rows
  (no `WHERE`, or one that is true for every row however it is written), also inside `WITH`, `PREPARE`, `EXPLAIN ANALYZE` and
  the actions of a `RULE`; what is written to a system catalog; `COMMIT PREPARED`;
- tables that wait: `VACUUM FULL`, `CLUSTER`, `REINDEX`, `LOCK`, `REFRESH MATERIALIZED VIEW`, `DROP INDEX`, `SET TABLESPACE`,
  `SET LOGGED` and `UNLOGGED`, `ATTACH` and `DETACH PARTITION`, keys and checks that are added, changed or dropped;
- doors that open: row level security switched off, `BYPASSRLS`, grants to `PUBLIC` and to those without a login, memberships in
  other roles, new owners, `COPY … PROGRAM`, `LOAD`, code in languages that are not trusted;
- doors that close: `REVOKE` from a role, `NOLOGIN`, `default_transaction_read_only`, tables that a publication loses;
- settings that take away what keeps data right, such as `session_replication_role`, and `ALTER SYSTEM`;
- names that go: renamed or moved columns, views, types, functions and schemas;
- calls of functions that nothing known defines, once for each function and file, and of those of PostgreSQL and of
  extensions that do more than compute, such as `lo_unlink`, `pg_terminate_backend` and `drop_chunks`.)",
              .why =
                  R"(That nothing is said of a statement must mean that it is harmless. Until each of these kinds has a rule that knows its
locks exactly, it is at least named, with a severity by what it does: lost data is critical, a view that is replaced in
another file is low.)",
              .instead =
                  R"(What is safe depends on the statement; the message says it. Rows, for example, go in batches:

```sql
DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE created < '2020-01-01' LIMIT 1000);
```

A statement that is meant says so where it stands: `-- sluice:allow[unjudged-statement] empty since 2.4`.)",
              .known_problems =
                  R"(The code of a `DO` block is not looked into: that is a gap. So is a function that a migration defines, whose code can do more than
read, insert and change some rows, when it is called or first runs without a call: by a default, a view, a check, an index, a
policy, a trigger, an operator. And so is SQL text that a function is given to run, such as `dblink_exec` or `cron.schedule`,
unless it is written out and harmless. Functions of extensions that are not widely known count as unknown.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = consequence::loss,
         .tool = tool_name},
    .check = check,
    .squawk = "ban-drop-table ban-drop-database ban-truncate-cascade renaming-column constraint-missing-not-valid "
              "disallowed-unique-constraint require-concurrent-index-deletion require-concurrent-partition-detach "
              "require-concurrent-reindex",
    .turn = Rule::Turn::last};

}  // namespace sluice::migrations
