// SPDX-License-Identifier: Apache-2.0
#include "migrations/alter_effect.hpp"

#include "migrations/clauses.hpp"
#include "migrations/object_kinds.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace sluice::migrations {

namespace {

using Effects = std::vector<Effect>;
using Kind = Object::Kind;

Effects
move_all(Node node)
{
  Effects effects;
  effects.push_back({fmt::format("ALTER … ALL IN TABLESPACE {} SET TABLESPACE", node.text("orig_tablespacename")),
                     "copies every table of the tablespace under ACCESS EXCLUSIVE",
                     "Move one table at a time, with pg_repack", Severity::high});
  return effects;
}

/// ALTER INDEX, VIEW, MATERIALIZED VIEW, TYPE …: those of tables are read clause by clause.
Effects
alter_other(Node node)
{
  Effects effects;
  const std::string type = node.text("objtype");
  if (type == "OBJECT_TABLE") {
    return effects;
  }
  const Object object{object_kind(type), relation_of(node["relation"])};
  for (const Node each : node["cmds"].items()) {
    const Node command = each["AlterTableCmd"];
    const std::string clause = command.text("subtype");
    const std::string what = fmt::format("ALTER {} {}", spoken_kind(type), text_of(object.name));
    if (clause == "AT_SetTableSpace" || clause == "AT_SetAccessMethod") {
      effects.push_back({what + " SET TABLESPACE",
                         "copies it under ACCESS EXCLUSIVE, which blocks reads and writes",
                         "Do it in a maintenance window",
                         Severity::high,
                         {object}});
    } else if (type == "OBJECT_TYPE" && (clause == "AT_DropColumn" || clause == "AT_AlterColumnType")) {
      effects.push_back(
          {fmt::format("{} {} ATTRIBUTE {}", what, clause == "AT_DropColumn" ? "DROP" : "ALTER", command.text("name")),
           "changes every value of the type that a table holds",
           "Make a new type beside it",
           Severity::high,
           {object}});
    }
  }
  return effects;
}

Effects
alter_domain(Node node)
{
  Effects effects;
  const std::string kind = node.text("subtype");
  const QualifiedName domain = name_of(node["typeName"]);
  const bool checks = (kind == "C" && !node["def"]["Constraint"].is_true("skip_validation")) || kind == "O";
  if (checks || kind == "V") {
    effects.push_back(
        {fmt::format("ALTER DOMAIN {} {}", text_of(domain), kind == "V" ? "VALIDATE CONSTRAINT" : "ADD CONSTRAINT"),
         "reads every table that has a column of the domain under SHARE, which blocks writes to all of them",
         "ADD CONSTRAINT … NOT VALID, and VALIDATE when little is written",
         Severity::medium,
         {{Kind::type, domain}}});
  }
  return effects;
}

Effects
set_schema(Node node)
{
  Effects effects;
  const std::string type = node.text("objectType");
  const Node relation = node["relation"];
  const Object object{object_kind(type), relation.is_object() ? relation_of(relation) : name_of_object(node["object"])};
  if (object.kind == Kind::other) {
    return effects;
  }
  effects.push_back(
      {fmt::format("ALTER {} {} SET SCHEMA {}", spoken_kind(type), text_of(object.name), node.text("newschema")),
       "fails every query of the running application that names it by its schema or no longer finds it on its "
       "search_path",
       "Make it anew in the other schema, and drop the old one in a later release",
       Severity::high,
       {object}});
  return effects;
}

Effects
rename(Node node)
{
  Effects effects;
  const std::string type = node.text("renameType");
  const std::string relation_type = node.text("relationType");
  const bool is_column = type == "OBJECT_COLUMN" || type == "OBJECT_ATTRIBUTE";
  const Kind kind = is_column ? Kind::table : object_kind(type);
  // A table has its rule; index, constraint and policy names are in no query.
  if (type == "OBJECT_TABLE" || type == "OBJECT_TABCONSTRAINT" || type == "OBJECT_DOMCONSTRAINT" || kind == Kind::index
      || kind == Kind::other) {
    return effects;
  }
  const Node relation = node["relation"];
  const Object object{kind, kind == Kind::schema   ? QualifiedName{"", node.text("subname")}
                            : relation.is_object() ? relation_of(relation)
                                                   : name_of_object(node["object"])};
  const std::string what = is_column ? fmt::format("RENAME COLUMN {}.{}", text_of(object.name), node.text("subname"))
                                     : fmt::format("ALTER {} {} RENAME", spoken_kind(type), text_of(object.name));
  effects.push_back({fmt::format("{} TO {}", what, node.text("newname")),
                     "fails every query of the running application that uses the old name",
                     is_column ? "Add a column under the new name, write both, and drop the old one in a later release"
                               : "Make it anew under the new name, and drop the old one in a later release",
                     Severity::high,
                     {object}});
  return effects;
}

}  // namespace

std::vector<Effect>
alter_effects(std::string_view kind, Node node)
{
  using Reader = Effects (*)(Node);
  constexpr std::array<std::pair<std::string_view, Reader>, 5> readers{{{"AlterTableMoveAllStmt", move_all},
                                                                        {"AlterTableStmt", alter_other},
                                                                        {"AlterDomainStmt", alter_domain},
                                                                        {"AlterObjectSchemaStmt", set_schema},
                                                                        {"RenameStmt", rename}}};
  for (const auto& [name, read] : readers) {
    if (name == kind) {
      return read(node);
    }
  }
  return {};
}

}  // namespace sluice::migrations
