// SPDX-License-Identifier: Apache-2.0
#include "migrations/clauses.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::migrations {

namespace {

DefaultValue
default_of(Node expression)
{
  DefaultValue value;
  value.is_null = expression["A_Const"].is_true("isnull");
  for_each_object(expression, [&value](Node node) {
    if (const Node call = node["FuncCall"]; call.is_object()) {
      value.functions.push_back(name_of(call["funcname"]));
    }
  });
  return value;
}

/// The columns that must be not null for the check to be true: those of `IS NOT NULL` under AND.
std::vector<std::string>
proven_not_null(Node expression)
{
  std::vector<std::string> columns;
  std::vector<Node> open{expression};
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    if (const Node all = node["BoolExpr"]; all.text("boolop") == "AND_EXPR") {
      for (const Node part : all["args"].items()) {
        open.push_back(part);
      }
    } else if (const Node test = node["NullTest"]; test.text("nulltesttype") == "IS_NOT_NULL") {
      const auto fields = strings_of(test["arg"]["ColumnRef"]["fields"]);
      if (!fields.empty()) {
        columns.push_back(fields.back());
      }
    }
  }
  return columns;
}

/// The server names a check after its column if it mentions just one.
std::optional<std::string>
only_column(Node expression)
{
  std::optional<std::string> only;
  bool several = false;
  for_each_object(expression, [&](Node node) {
    const auto fields = strings_of(node["ColumnRef"]["fields"]);
    if (!fields.empty()) {
      several = several || (only && *only != fields.back());
      only = fields.back();
    }
  });
  return several ? std::nullopt : only;
}

ConstraintKind
kind_of(std::string_view contype)
{
  constexpr std::array<std::pair<std::string_view, ConstraintKind>, 6> kinds{{
      {"CONSTR_CHECK", ConstraintKind::check},
      {"CONSTR_FOREIGN", ConstraintKind::foreign_key},
      {"CONSTR_PRIMARY", ConstraintKind::primary_key},
      {"CONSTR_UNIQUE", ConstraintKind::unique},
      {"CONSTR_EXCLUSION", ConstraintKind::exclusion},
      {"CONSTR_NOTNULL", ConstraintKind::not_null},
  }};
  const auto* found =
      std::find_if(kinds.begin(), kinds.end(), [contype](const auto& entry) { return entry.first == contype; });
  return found == kinds.end() ? ConstraintKind::other : found->second;
}

/// serial, bigserial, …: names that the parser leaves to the server, which makes integer, NOT NULL and nextval of them.
bool
replace_serial(TypeName& type)
{
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> serials{{{"serial", "int4"},
                                                                                  {"serial4", "int4"},
                                                                                  {"bigserial", "int8"},
                                                                                  {"serial8", "int8"},
                                                                                  {"smallserial", "int2"},
                                                                                  {"serial2", "int2"}}};
  for (const auto& [serial, integer] : serials) {
    if (type.name == serial && type.schema.empty()) {
      type.name = integer;
      return true;
    }
  }
  return false;
}

void
add_constraint(Column& column, Node node)
{
  const std::string contype = node.text("contype");
  if (contype == "CONSTR_DEFAULT") {
    column.default_value = default_of(node["raw_expr"]);
  } else if (contype == "CONSTR_IDENTITY") {
    column.generated = Generated::identity;
    column.not_null = true;
  } else if (contype == "CONSTR_GENERATED") {
    column.generated = Generated::stored;
  } else {
    Constraint constraint = constraint_of(node);
    column.not_null = column.not_null || constraint.kind == ConstraintKind::not_null
                      || constraint.kind == ConstraintKind::primary_key;
    column.constraints.push_back(std::move(constraint));
  }
}

}  // namespace

std::vector<std::string>
strings_of(Node list)
{
  std::vector<std::string> texts;
  for (const Node item : list.items()) {
    if (const Node string = item["String"]; string.is_object()) {
      texts.push_back(string.text("sval"));
    }
  }
  return texts;
}

QualifiedName
name_of(Node list)
{
  const std::vector<std::string> parts = strings_of(list);
  QualifiedName name;
  if (!parts.empty()) {
    name.name = parts.back();
  }
  if (parts.size() > 1) {
    name.schema = parts[parts.size() - 2];
  }
  return name;
}

QualifiedName
relation_of(Node range_variable)
{
  return {range_variable.text("schemaname"), range_variable.text("relname")};
}

std::string
constant_of(Node node)
{
  const Node constant = node["A_Const"];
  if (const Node string = constant["sval"]; string.is_object()) {
    return string.text("sval");
  }
  if (const Node number = constant["ival"]; number.is_object()) {
    return std::to_string(number.number("ival"));
  }
  if (const Node number = constant["fval"]; number.is_object()) {
    return number.text("fval");
  }
  const Node boolean = constant["boolval"];
  return boolean.is_object() ? (boolean.is_true("boolval") ? "true" : "false") : "";
}

bool
has_option(Node list, std::string_view name)
{
  const std::vector<Node> options = list.items();
  return std::any_of(options.begin(), options.end(), [name](Node option) {
    const Node element = option["DefElem"];
    const std::string value = element["arg"]["String"].text("sval");
    const bool is_zero = element["arg"]["Integer"].is_object() && element["arg"]["Integer"].number("ival") == 0;
    return element.text("defname") == name && value != "false" && value != "off" && value != "0" && !is_zero;
  });
}

TypeName
type_of(Node type_name)
{
  const QualifiedName name = name_of(type_name["names"]);
  TypeName type;
  type.schema = name.schema == "pg_catalog" ? "" : name.schema;
  type.name = name.name;
  type.is_array = !type_name["arrayBounds"].items().empty();
  for (const Node modifier : type_name["typmods"].items()) {
    type.modifiers.push_back(modifier["A_Const"]["ival"].number("ival"));
  }
  return type;
}

Constraint
constraint_of(Node constraint)
{
  Constraint result;
  result.kind = kind_of(constraint.text("contype"));
  result.name = constraint.text("conname");
  result.not_valid = constraint.is_true("skip_validation");
  result.uses_index = bool(constraint["indexname"]);
  if (result.kind == ConstraintKind::check) {
    const Node expression = constraint["raw_expr"];
    result.columns = proven_not_null(expression);
    result.checked_column = only_column(expression);
  } else {
    const char* list = result.kind == ConstraintKind::foreign_key ? "fk_attrs" : "keys";
    result.columns = strings_of(constraint[list]);
  }
  if (const Node referenced = constraint["pktable"]; referenced.is_object()) {
    result.references = relation_of(referenced);
  }
  return result;
}

Column
column_of(Node column_definition)
{
  Column column;
  column.name = column_definition.text("colname");
  column.type = type_of(column_definition["typeName"]);
  if (replace_serial(column.type)) {
    column.generated = Generated::serial;
    column.not_null = true;
  }
  for (const Node node : column_definition["constraints"].items()) {
    add_constraint(column, node["Constraint"]);
  }
  return column;
}

Conversion
conversion_of(Node expression, std::string_view column, const TypeName& type)
{
  if (!expression) {
    return Conversion::implied;
  }
  const Node cast = expression["TypeCast"];
  const Node source = cast.is_object() ? cast["arg"] : expression;
  const auto fields = strings_of(source["ColumnRef"]["fields"]);
  const bool same_column = fields.size() == 1 && fields.front() == column;
  const bool same_type = !cast.is_object() || type_of(cast["typeName"]) == type;
  return same_column && same_type ? Conversion::implied : Conversion::computed;
}

}  // namespace sluice::migrations
