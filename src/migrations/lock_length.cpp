// SPDX-License-Identifier: Apache-2.0
#include "migrations/lock_length.hpp"

#include "migrations/type_change.hpp"

#include <algorithm>

namespace sluice::migrations {

namespace {

/// Clauses that move every row: ATPrepCmd and ATRewriteTables in tablecmds.c.
constexpr std::array<std::string_view, 5> rewriting_clauses{"AT_SetLogged", "AT_SetUnLogged", "AT_SetAccessMethod",
                                                            "AT_SetTableSpace", "AT_SetExpression"};

/// VACUUM here is VACUUM FULL: of the plain one nobody waits.
constexpr std::array<std::string_view, 3> rewriting_statements{"VacuumStmt", "ClusterStmt", "RefreshMatViewStmt"};

template<typename Names>
bool
has(const Names& names, std::string_view name)
{
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool
has_value_of_its_own(const Column& column, const Catalog& catalog)
{
  if (column.generated != Generated::no) {
    return true;
  }
  const auto functions = column.default_value.value_or(DefaultValue{}).functions;
  return std::any_of(functions.begin(), functions.end(), [&catalog](const QualifiedName& function) {
    return catalog.volatility_of(function) != Volatility::not_volatile;
  });
}

LockLength
length_of(const Constraint& constraint)
{
  switch (constraint.kind) {
  case ConstraintKind::primary_key:
  case ConstraintKind::unique:
  case ConstraintKind::exclusion:
    // A primary key over an index may still have to see that no value is null.
    return !constraint.uses_index                           ? LockLength::index_build
           : constraint.kind == ConstraintKind::primary_key ? LockLength::scan
                                                            : LockLength::instant;
  case ConstraintKind::check:
  case ConstraintKind::foreign_key:
  case ConstraintKind::not_null:
    return constraint.not_valid ? LockLength::instant : LockLength::scan;
  case ConstraintKind::other:
    break;
  }
  return LockLength::instant;
}

/// A new column that is null everywhere refers to nothing, so that its foreign key is not checked.
LockLength
length_of(const Column& column, const Catalog& catalog)
{
  if (has_value_of_its_own(column, catalog)) {
    return LockLength::rewrite;
  }
  const bool has_value = column.default_value && !column.default_value->is_null;
  LockLength length = column.not_null && !has_value ? LockLength::scan : LockLength::instant;
  for (const Constraint& constraint : column.constraints) {
    const bool is_seen_to = constraint.kind == ConstraintKind::not_null || (constraint.references && !has_value);
    if (!is_seen_to) {
      length = std::max(length, length_of(constraint));
    }
  }
  return length;
}

LockLength
length_of(const AlterTable& alter, const AlterType& clause, const Catalog& catalog)
{
  const TypeName* from = catalog.type_of(alter.table, clause.column);
  const bool is_free = from != nullptr && clause.conversion == Conversion::implied
                       && type_change(*from, clause.type) == TypeChange::in_place;
  return is_free ? LockLength::instant : LockLength::rewrite;
}

}  // namespace

LockLength
length_of(const AlterTable& alter, const AlterClause& clause, const Catalog& catalog)
{
  if (const auto* add = std::get_if<AddColumn>(&clause.what)) {
    return length_of(add->column, catalog);
  }
  if (const auto* type = std::get_if<AlterType>(&clause.what)) {
    return length_of(alter, *type, catalog);
  }
  if (const auto* set = std::get_if<SetNotNull>(&clause.what)) {
    return catalog.proves_not_null(alter.table, set->column) ? LockLength::instant : LockLength::scan;
  }
  if (const auto* add = std::get_if<AddConstraint>(&clause.what)) {
    return length_of(add->constraint);
  }
  if (std::holds_alternative<ValidateConstraint>(clause.what)) {
    return LockLength::scan;
  }
  const auto* other = std::get_if<OtherClause>(&clause.what);
  return other != nullptr && has(rewriting_clauses, other->name) ? LockLength::rewrite : LockLength::instant;
}

LockLength
length_of(const LockingStatement& /*locking*/, std::string_view node)
{
  return has(rewriting_statements, node) ? LockLength::rewrite : LockLength::instant;
}

}  // namespace sluice::migrations
