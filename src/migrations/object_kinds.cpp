// SPDX-License-Identifier: Apache-2.0
#include "migrations/object_kinds.hpp"

#include "base/text.hpp"
#include "migrations/clauses.hpp"

#include <algorithm>
#include <array>

namespace sluice::migrations {

namespace {

using Kind = Object::Kind;

struct Named
{
  std::string_view type;
  Kind kind;
  std::string_view spoken;
};

/// What is not here is spoken as the parser calls it: "OBJECT_EVENT_TRIGGER" is an EVENT TRIGGER.
constexpr std::array kinds = std::to_array<Named>({{"OBJECT_TABLE", Kind::table, "TABLE"},
                                                   {"OBJECT_MATVIEW", Kind::table, "MATERIALIZED VIEW"},
                                                   {"OBJECT_FOREIGN_TABLE", Kind::table, "FOREIGN TABLE"},
                                                   {"OBJECT_VIEW", Kind::view, "VIEW"},
                                                   {"OBJECT_INDEX", Kind::index, "INDEX"},
                                                   {"OBJECT_SEQUENCE", Kind::sequence, "SEQUENCE"},
                                                   {"OBJECT_TYPE", Kind::type, "TYPE"},
                                                   {"OBJECT_DOMAIN", Kind::type, "DOMAIN"},
                                                   {"OBJECT_FUNCTION", Kind::function, "FUNCTION"},
                                                   {"OBJECT_PROCEDURE", Kind::function, "PROCEDURE"},
                                                   {"OBJECT_ROUTINE", Kind::function, "ROUTINE"},
                                                   {"OBJECT_AGGREGATE", Kind::function, "AGGREGATE"},
                                                   {"OBJECT_SCHEMA", Kind::schema, "SCHEMA"},
                                                   {"OBJECT_FDW", Kind::other, "FOREIGN DATA WRAPPER"},
                                                   {"OBJECT_FOREIGN_SERVER", Kind::other, "SERVER"}});

const Named*
find(std::string_view type)
{
  const auto* found = std::find_if(kinds.begin(), kinds.end(), [type](const Named& each) { return each.type == type; });
  return found == kinds.end() ? nullptr : found;
}

}  // namespace

std::string
spoken_kind(std::string_view object_type)
{
  if (const Named* named = find(object_type)) {
    return std::string(named->spoken);
  }
  constexpr std::string_view prefix = "OBJECT_";
  std::string spoken(object_type.starts_with(prefix) ? object_type.substr(prefix.size()) : object_type);
  std::replace(spoken.begin(), spoken.end(), '_', ' ');
  return spoken;
}

Object::Kind
object_kind(std::string_view object_type)
{
  const Named* named = find(object_type);
  return named == nullptr ? Kind::other : named->kind;
}

QualifiedName
name_of_object(Node object)
{
  if (const Node list = object["List"]; list.is_object()) {
    return name_of(list["items"]);
  }
  if (const Node function = object["ObjectWithArgs"]; function.is_object()) {
    return name_of(function["objname"]);
  }
  if (const Node type = object["TypeName"]; type.is_object()) {
    return name_of(type["names"]);
  }
  return {"", object["String"].text("sval")};
}

std::vector<Object>
made_by(std::string_view kind, Node node)
{
  if (node.is_true("replace") || node.is_true("if_not_exists")) {
    return {};  // it may have been there
  }
  if (kind == "CreateEnumStmt" || kind == "CreateRangeStmt") {
    return {{Kind::type, name_of(node["typeName"])}};
  }
  if (kind == "CreateDomainStmt") {
    return {{Kind::type, name_of(node["domainname"])}};
  }
  if (kind == "CompositeTypeStmt") {
    return {{Kind::type, relation_of(node["typevar"])}};
  }
  if (kind == "DefineStmt") {
    return {{object_kind(node.text("kind")), name_of(node["defnames"])}};
  }
  if (kind == "CreateSeqStmt") {
    return {{Kind::sequence, relation_of(node["sequence"])}};
  }
  if (kind == "CreateSchemaStmt") {
    return {{Kind::schema, {"", node.text("schemaname")}}};
  }
  if (kind == "CreateRoleStmt") {
    return {{Kind::role, {"", node.text("role")}}};
  }
  if (kind == "ViewStmt") {
    return {{Kind::view, relation_of(node["view"])}};
  }
  if (kind == "CreateFunctionStmt") {
    return {{Kind::function, name_of(node["funcname"])}};
  }
  if (kind == "IndexStmt" && !node.text("idxname").empty()) {
    return {{Kind::index, {relation_of(node["relation"]).schema, node.text("idxname")}}};
  }
  return {};
}

}  // namespace sluice::migrations
