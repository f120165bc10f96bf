// SPDX-License-Identifier: Apache-2.0
//
// A statement that no rule knows is not a harmless one. Each kind that can destroy data, keep others waiting, widen who
// may do what or run other code says here what it does; what is left is harmless by PostgreSQL's documentation of it
// (COMMENT, ANALYZE, CREATE TABLE …). Sources: "SQL Commands" of the manual, and the lock that pg_locks shows while
// the command runs (PostgreSQL 15).
#include "migrations/effects.hpp"

#include "migrations/access_effect.hpp"
#include "migrations/all_rows.hpp"
#include "migrations/alter_effect.hpp"
#include "migrations/attached_functions.hpp"
#include "migrations/clauses.hpp"
#include "migrations/drop_effect.hpp"
#include "migrations/function_effects.hpp"
#include "migrations/server_effect.hpp"
#include "migrations/settings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

namespace sluice::migrations {

namespace {

using Kind = Object::Kind;

std::vector<Object>
tables_of(Node list, const char* member)
{
  std::vector<Object> tables;
  for (const Node item : list.items()) {
    const Node relation = *member == '\0' ? item : item[member]["relation"];
    tables.push_back({Kind::table, relation_of(relation["RangeVar"].is_object() ? relation["RangeVar"] : relation)});
  }
  return tables;
}

std::string
names_of(const std::vector<Object>& objects)
{
  std::vector<std::string> names;
  for (const Object& object : objects) {
    names.push_back(text_of(object.name));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

/// Collects what one statement does.
class Collector
{
public:
  Deeds
  run(std::string_view kind, Node node)
  {
    take(kind, node);
    return std::move(deeds_);
  }

private:
  void
  add(Effect effect)
  {
    deeds_.effects.push_back(std::move(effect));
  }
  void
  add(std::vector<Effect> effects)
  {
    std::move(effects.begin(), effects.end(), std::back_inserter(deeds_.effects));
  }

  void
  take(std::string_view kind, Node node)
  {
    // What EXPLAIN only plans does not happen; what it analyzes does, and what is prepared is meant to.
    if (kind == "ExplainStmt" && !has_option(node["options"], "analyze")) {
      attach_calls(node);  // for the planner runs those that are not volatile
      return;
    }
    if (kind == "ExplainStmt" || kind == "PrepareStmt") {
      take_wrapped(node["query"]);
      return;
    }
    using Reader = void (Collector::*)(Node);
    constexpr std::array<std::pair<std::string_view, Reader>, 10> readers{{{"DropStmt", &Collector::drop},
                                                                           {"TruncateStmt", &Collector::truncate},
                                                                           {"VacuumStmt", &Collector::vacuum},
                                                                           {"ClusterStmt", &Collector::cluster},
                                                                           {"ReindexStmt", &Collector::reindex},
                                                                           {"LockStmt", &Collector::lock},
                                                                           {"RefreshMatViewStmt", &Collector::refresh},
                                                                           {"RuleStmt", &Collector::rule},
                                                                           {"CopyStmt", &Collector::copy}}};
    for (const auto& [name, read] : readers) {
      if (name == kind) {
        (this->*read)(node);
      }
    }
    for (const auto effects_of : {access_effects, alter_effects, server_effects, setting_effects}) {
      add(effects_of(kind, node));
    }
    for (const Node element : node["schemaElts"].items()) {
      take("GrantStmt", element["GrantStmt"]);
      take("CreateTrigStmt", element["CreateTrigStmt"]);
    }
    examine(kind, node);
  }

  void
  take_wrapped(Node query)
  {
    constexpr std::array<std::string_view, 9> preparable{"SelectStmt",         "InsertStmt",  "UpdateStmt",
                                                         "DeleteStmt",         "MergeStmt",   "CreateTableAsStmt",
                                                         "RefreshMatViewStmt", "ExecuteStmt", "DeclareCursorStmt"};
    for (const std::string_view kind : preparable) {
      if (const Node inner = query[std::string(kind).c_str()]; inner.is_object()) {
        take(kind, inner);
      }
    }
  }

  static bool
  runs_rows(std::string_view kind)
  {
    constexpr std::array<std::string_view, 10> all{"SelectStmt", "InsertStmt", "UpdateStmt",        "DeleteStmt",
                                                   "MergeStmt",  "CallStmt",   "CreateTableAsStmt", "DeclareCursorStmt",
                                                   "CopyStmt",   "ReturnStmt"};
    return std::find(all.begin(), all.end(), kind) != all.end();
  }

  /// Rows that it changes, and functions that it runs or gives to the server to run, anywhere in it. The body of a
  /// function runs when that is called.
  void
  examine(std::string_view kind, Node node)
  {
    const bool is_now = runs_rows(kind);
    change_rows(kind, node);
    for_each_object(kind == "CreateFunctionStmt" ? node["parameters"] : node, [&](Node each) {
      for (const char* inner : {"InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"}) {
        if (const Node change = each[inner]; change.is_object()) {
          change_rows(inner, change);
        }
      }
      for (const char* call : {"FuncCall", "funccall"}) {
        if (const Node found = each[call]; found.is_object()) {
          take_call(found, is_now);
        }
      }
      for (QualifiedName& name : called_as_columns(each)) {
        attach(std::move(name));
      }
    });
    for (QualifiedName& name : attached_by_name(kind, node)) {
      attach(std::move(name));
    }
  }

  void
  attach_calls(Node node)
  {
    for_each_object(node, [this](Node each) {
      if (const Node call = each["FuncCall"]; call.is_object()) {
        attach(name_of(call["funcname"]));
      }
    });
  }

  void
  attach(QualifiedName name)
  {
    if (attached_.insert(name).second) {
      deeds_.attaches.push_back(std::move(name));
    }
  }

  void
  take_call(Node call, bool is_now)
  {
    const QualifiedName name = name_of(call["funcname"]);
    std::vector<QualifiedName> in_text;
    const bool is_unread = runs_text(name) && !is_text_harmless(call, in_text);
    for (QualifiedName& each : in_text) {
      attach(std::move(each));
    }
    if (name.name == "set_config") {
      add(effects_of_set_config(call));
      deeds_.hides_path = deeds_.hides_path || may_set_path(call);
    }
    if (is_unread && unread_.insert(name).second) {
      deeds_.runs_text.push_back(name);
    }
    if (!is_now) {
      attach(name);
    } else if (called_.insert(name).second) {
      deeds_.calls.push_back(name);
    }
    const FunctionEffect* effect = effect_of_function(name);
    if (effect != nullptr && with_effect_.insert(name).second) {
      add({.what = text_of(name) + "()",
           .does = std::string(effect->does),
           .help = std::string(effect->help),
           .severity = effect->severity,
           .function = name});
    }
  }

  void
  change_rows(std::string_view kind, Node node)
  {
    const bool merges = kind == "MergeStmt";
    const bool changes = kind == "UpdateStmt" || kind == "DeleteStmt" || merges;
    const QualifiedName table = relation_of(node["relation"]);
    if (changes || kind == "InsertStmt" || (kind == "CopyStmt" && node.is_true("is_from"))) {
      write_catalog(table);
    }
    if (!changes) {
      return;
    }
    const Reach reach = reach_of(node[merges ? "joinCondition" : "whereClause"], node["relation"]);
    if (reach.rows == Reach::Rows::some) {
      return;
    }
    Effect effect{.what = fmt::format("{} of all rows of {}",
                                      kind == "DeleteStmt" ? "DELETE"
                                      : merges             ? "MERGE"
                                                           : "UPDATE",
                                      text_of(table)),
                  .does = kind == "DeleteStmt" ? "deletes every row for good and keeps all of them locked until it is "
                                                 "committed"
                                               : "overwrites every row, keeps all of them locked until it is committed "
                                                 "and makes the table up to twice as large",
                  .help = kind == "DeleteStmt"
                              ? "Say in WHERE which rows may go, or delete them in batches after a backup"
                              : "Change the rows in batches of some thousand, each committed by itself",
                  .severity = kind == "DeleteStmt" ? Severity::critical : Severity::high,
                  .objects = {{Kind::table, table}}};
    if (reach.rows == Reach::Rows::not_null) {
      effect.if_never_null = reach.column;
    }
    add(std::move(effect));
  }

  /// A table of PostgreSQL's own, or the one whose rows pg_cron runs.
  void
  write_catalog(const QualifiedName& table)
  {
    const bool is_named_so = table.schema.empty() && table.name.starts_with("pg_");
    if (table.schema == "pg_catalog" || is_named_so) {
      add({.what = fmt::format("Writing to {}", text_of(table)),
           .does = "changes what the server believes of its tables, which can lose them or keep it from starting",
           .help = "Use the command that PostgreSQL has for it",
           .severity = Severity::critical,
           .objects = {{Kind::table, table}}});
    } else if (table == QualifiedName{"cron", "job"} && unread_.insert(table).second) {
      deeds_.runs_text.push_back(table);
    }
  }

  void
  drop(Node node)
  {
    if (auto effect = effect_of_drop(node)) {
      add(std::move(*effect));
    }
  }
  void
  truncate(Node node)
  {
    std::vector<Object> tables = tables_of(node["relations"], "");
    const bool cascades = node.text("behavior") == "DROP_CASCADE";
    add({fmt::format("TRUNCATE {}{}", names_of(tables), cascades ? " CASCADE" : ""),
         cascades ? "deletes every row for good, and those of every table that refers to it, under ACCESS EXCLUSIVE"
                  : "deletes every row for good under ACCESS EXCLUSIVE, which blocks reads and writes",
         "Delete what may go in batches, after a backup", Severity::critical, std::move(tables)});
  }

  void
  vacuum(Node node)
  {
    if (has_option(node["options"], "full")) {
      std::vector<Object> tables = tables_of(node["rels"], "VacuumRelation");
      add({tables.empty() ? std::string("VACUUM FULL") : fmt::format("VACUUM FULL {}", names_of(tables)),
           "writes each table anew under ACCESS EXCLUSIVE, which blocks reads and writes as long as that takes",
           "Use VACUUM without FULL, or pg_repack", Severity::high, std::move(tables)});
    }
  }

  void
  cluster(Node node)
  {
    const QualifiedName table = relation_of(node["relation"]);
    const bool all = table.name.empty();
    add({all ? std::string("CLUSTER") : fmt::format("CLUSTER {}", text_of(table)),
         "writes the table anew under ACCESS EXCLUSIVE, which blocks reads and writes as long as that takes",
         "Use pg_repack, or do it in a maintenance window", Severity::high,
         all ? std::vector<Object>() : std::vector<Object>{{Kind::table, table}}});
  }

  void
  reindex(Node node)
  {
    if (node.is_true("concurrent") || has_option(node["params"], "concurrently")) {
      return;
    }
    const std::string kind = node.text("kind");
    const QualifiedName name = relation_of(node["relation"]);
    const Kind object = kind == "REINDEX_OBJECT_INDEX" ? Kind::index : Kind::table;
    const bool whole = name.name.empty();
    add({whole ? fmt::format("REINDEX {}", node.text("name")) : fmt::format("REINDEX {}", text_of(name)),
         "blocks writes to the table, and reads that would use the index, as long as the build takes",
         "REINDEX … CONCURRENTLY, outside of a transaction", Severity::high,
         whole ? std::vector<Object>() : std::vector<Object>{{object, name}}});
  }

  void
  lock(Node node)
  {
    constexpr long share_lock = 5;  // lockdefs.h: weaker modes let other sessions write
    if (node.number("mode") >= share_lock) {
      std::vector<Object> tables = tables_of(node["relations"], "");
      add({fmt::format("LOCK TABLE {}", names_of(tables)), "keeps other sessions waiting until the transaction ends",
           "Leave the locking to the statements that need it", Severity::medium, std::move(tables)});
    }
  }

  void
  refresh(Node node)
  {
    if (!node.is_true("concurrent")) {
      const QualifiedName view = relation_of(node["relation"]);
      add({fmt::format("REFRESH MATERIALIZED VIEW {}", text_of(view)),
           "runs its query under ACCESS EXCLUSIVE, which blocks every reader of the view",
           "REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index",
           Severity::medium,
           {{Kind::table, view}}});
    }
  }

  void
  rule(Node node)
  {
    const QualifiedName table = relation_of(node["relation"]);
    if (node.text("event") != "CMD_SELECT") {
      add({fmt::format("CREATE RULE {} ON {}", node.text("rulename"), text_of(table)),
           "rewrites every such command of the running application, which may be lost in silence",
           "Use a trigger",
           Severity::medium,
           {{Kind::table, table}}});
    }
  }

  void
  copy(Node node)
  {
    if (node.is_true("is_program")) {
      add({"COPY … PROGRAM", "runs a command of the operating system on the database server",
           "Move the data with a client: COPY … FROM STDIN", Severity::critical});
    }
  }

  Deeds deeds_;
  std::set<QualifiedName> called_;
  std::set<QualifiedName> attached_;
  std::set<QualifiedName> unread_;       ///< those in `runs_text`
  std::set<QualifiedName> with_effect_;  ///< functions that have been told
};

}  // namespace

Deeds
deeds_of(std::string_view kind, Node node)
{
  return Collector().run(kind, node);
}

bool
has_no_deeds(std::string_view kind, std::string_view tree)
{
  constexpr std::array signs = std::to_array<std::string_view>(
      {"\"FuncCall\"", "\"UpdateStmt\"", "\"DeleteStmt\"", "\"MergeStmt\"", "\"ColumnRef\"", "\"A_Indirection\"",
       "\"relname\":\"pg_", "\"schemaname\":\"pg_catalog\"", "\"schemaname\":\"cron\""});
  return kind == "InsertStmt" && std::none_of(signs.begin(), signs.end(), [tree](std::string_view sign) {
           return tree.find(sign) != std::string_view::npos;
         });
}

}  // namespace sluice::migrations
