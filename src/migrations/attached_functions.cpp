// SPDX-License-Identifier: Apache-2.0
#include "migrations/attached_functions.hpp"

#include "migrations/clauses.hpp"

#include <algorithm>
#include <array>

namespace sluice::migrations {

namespace {

constexpr std::array attaching_kinds = std::to_array<std::string_view>(
    {"CreateTrigStmt", "CreateEventTrigStmt", "DefineStmt", "CreateCastStmt", "CreateOpClassStmt", "AlterOpFamilyStmt",
     "CreateConversionStmt", "CreateTransformStmt", "CreatePLangStmt", "CreateFdwStmt", "AlterFdwStmt", "CreateAmStmt",
     "CreateRangeStmt", "AlterOperatorStmt", "AlterTypeStmt"});

/// Members that hold a name as a list of texts.
constexpr std::array name_members = std::to_array<const char*>(
    {"funcname", "objname", "names", "func_name", "handler_name", "plhandler", "plinline", "plvalidator"});

void
add(std::vector<QualifiedName>& all, Node list)
{
  if (QualifiedName name = name_of(list); !name.name.empty()) {
    all.push_back(std::move(name));
  }
}

}  // namespace

std::vector<QualifiedName>
attached_by_name(std::string_view kind, Node node)
{
  std::vector<QualifiedName> all;
  if (std::find(attaching_kinds.begin(), attaching_kinds.end(), kind) == attaching_kinds.end()) {
    return all;
  }
  for_each_object(node, [&all](Node each) {
    for (const char* member : name_members) {
      add(all, each[member]);
    }
    add(all, each["arg"]["List"]["items"]);
    if (const std::string word = each["arg"]["String"].text("sval"); !word.empty()) {
      all.push_back({"", word});
    }
  });
  return all;
}

std::vector<QualifiedName>
called_as_columns(Node object)
{
  std::vector<QualifiedName> all;
  const std::vector<std::string> fields = strings_of(object["ColumnRef"]["fields"]);
  if (fields.size() > 1) {
    all.push_back({"", fields.back()});
  }
  for (const std::string& field : strings_of(object["A_Indirection"]["indirection"])) {
    all.push_back({"", field});
  }
  return all;
}

}  // namespace sluice::migrations
