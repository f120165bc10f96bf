// SPDX-License-Identifier: Apache-2.0
#include "migrations/catalog.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace sluice::migrations {

namespace {

/// As ChooseConstraintName does while the name is free: "table_column_check", or "table_check".
std::string
name_of(const Constraint& check, const std::string& table)
{
  if (!check.name.empty()) {
    return check.name;
  }
  return check.checked_column ? fmt::format("{}_{}_check", table, *check.checked_column)
                              : fmt::format("{}_check", table);
}

/// Of a new table nothing has to be checked, so its constraints hold from the start.
void
add(KnownTable& known, const Constraint& constraint, const std::string& table)
{
  if (constraint.kind == ConstraintKind::check) {
    known.checks[name_of(constraint, table)] = {constraint.columns, !constraint.not_valid};
  } else if (constraint.kind == ConstraintKind::primary_key) {
    for (const std::string& column : constraint.columns) {
      known.columns[column].not_null = true;
    }
  }
}

void
add(KnownTable& known, const Column& column, const std::string& table, unsigned change)
{
  known.columns[column.name] = {column.type, column.not_null, change};
  for (const Constraint& constraint : column.constraints) {
    add(known, constraint, table);
  }
}

bool
mentions(const KnownCheck& check, std::string_view column)
{
  return std::find(check.not_null.begin(), check.not_null.end(), column) != check.not_null.end();
}

void
drop_column(KnownTable& known, const std::string& column)
{
  known.columns.erase(column);
  std::erase_if(known.checks, [&column](const auto& check) { return mentions(check.second, column); });
}

void
rename_column(KnownTable& known, const std::string& from, const std::string& to)
{
  if (auto column = known.columns.extract(from)) {
    column.key() = to;
    known.columns.insert(std::move(column));
  }
  for (auto& [name, check] : known.checks) {
    std::replace(check.not_null.begin(), check.not_null.end(), from, to);
  }
}

template<typename... F> struct Overloaded : F...
{
  using F::operator()...;
};
template<typename... F> Overloaded(F...) -> Overloaded<F...>;

}  // namespace

void
Catalog::begin_change()
{
  ++change_;
}

void
Catalog::begin_session(const SessionFile& file)
{
  commit();
  file_ = file;
  default_schema_ = "public";
}

void
Catalog::begin_transaction()
{
  before_.clear();
  in_transaction_ = true;
}

void
Catalog::commit()
{
  before_.clear();
  in_transaction_ = false;
}

void
Catalog::rollback()
{
  for (auto& [key, table] : before_) {
    if (table) {
      tables_[key] = std::move(*table);
    } else {
      tables_.erase(key);
    }
  }
  commit();
}

void
Catalog::apply(const Statement& statement)
{
  statement_ = statement.where;
  std::visit(Overloaded{[this](const CreateTable& body) { create(body); },
                        [this](const AlterTable& body) { alter(body); }, [this](const Rename& body) { rename(body); },
                        [this](const SetVariable& body) { set(body); },
                        [this](const SetSchema& body) {
                          move(body.table, {body.schema, body.table.name});
                        },
                        [this](const CreateFunction& body) {
                          functions_[key_of(body.function)] =
                              body.is_volatile ? Volatility::is_volatile : Volatility::not_volatile;
                        },
                        [this](const DropObjects& body) {
                          for (const QualifiedName& name : body.names) {
                            if (body.kind == DropObjects::Kind::table) {
                              erase(name);
                            }
                          }
                        },
                        [](const auto&) {}},
             statement.body);
}

bool
Catalog::is_new(const QualifiedName& table) const
{
  const KnownTable* known = find(table);
  return known != nullptr && known->change != 0 && known->change == change_;
}

bool
Catalog::is_new(const QualifiedName& table, std::string_view column) const
{
  const KnownTable* known = find(table);
  if (known == nullptr) {
    return false;
  }
  const auto found = known->columns.find(std::string(column));
  return is_new(table)
         || (found != known->columns.end() && found->second.change != 0 && found->second.change == change_);
}

const TypeName*
Catalog::type_of(const QualifiedName& table, std::string_view column) const
{
  const KnownTable* known = find(table);
  if (known == nullptr) {
    return nullptr;
  }
  const auto found = known->columns.find(std::string(column));
  return found == known->columns.end() || found->second.type.name.empty() ? nullptr : &found->second.type;
}

bool
Catalog::proves_not_null(const QualifiedName& table, std::string_view column) const
{
  const KnownTable* known = find(table);
  if (known == nullptr) {
    return false;
  }
  const auto found = known->columns.find(std::string(column));
  return (found != known->columns.end() && found->second.not_null)
         || std::any_of(known->checks.begin(), known->checks.end(), [column](const auto& check) {
              return check.second.validated && mentions(check.second, column);
            });
}

Volatility
Catalog::volatility_of(const QualifiedName& function) const
{
  const Volatility known = known_volatility(function);
  if (known != Volatility::unknown && function.schema.empty()) {
    return known;  // pg_catalog comes first in the search path: a function of ours cannot hide random()
  }
  const auto own = functions_.find(key_of(function));
  return own == functions_.end() ? known : own->second;
}

std::string
Catalog::key_of(const QualifiedName& name) const
{
  return fmt::format("{}.{}", name.schema.empty() ? default_schema_ : name.schema, name.name);
}

const KnownTable*
Catalog::find(const QualifiedName& table) const
{
  const auto found = tables_.find(key_of(table));
  return found == tables_.end() ? nullptr : &found->second;
}

void
Catalog::remember(const std::string& key)
{
  if (!in_transaction_ || before_.contains(key)) {
    return;
  }
  const auto found = tables_.find(key);
  before_[key] = found == tables_.end() ? std::nullopt : std::optional(found->second);
}

void
Catalog::touch(KnownTable& table) const
{
  if (file_.number) {
    table.touched = Touch{*file_.number, statement_};
  }
}

KnownTable&
Catalog::edit(const QualifiedName& name)
{
  const std::string key = key_of(name);
  remember(key);
  KnownTable& known = tables_[key];
  touch(known);
  return known;
}

void
Catalog::erase(const QualifiedName& table)
{
  const std::string key = key_of(table);
  remember(key);
  tables_.erase(key);
}

void
Catalog::move(const QualifiedName& from, const QualifiedName& to)
{
  const KnownTable* known = find(from);
  KnownTable copy = known == nullptr ? KnownTable() : *known;
  erase(from);
  KnownTable& table = edit(to);
  table = std::move(copy);
  touch(table);
}

void
Catalog::create(const CreateTable& create)
{
  // The server keeps the old one, with its rows.
  if (create.if_not_exists && find(create.table) != nullptr) {
    return;
  }
  KnownTable& known = edit(create.table);
  known = {};
  touch(known);
  known.change = change();
  for (const Column& column : create.columns) {
    add(known, column, create.table.name, change());
  }
  for (const Constraint& constraint : create.constraints) {
    add(known, constraint, create.table.name);
  }
}

void
Catalog::alter(const AlterTable& alter)
{
  KnownTable& known = edit(alter.table);
  const std::string& name = alter.table.name;
  for (const AlterClause& clause : alter.clauses) {
    std::visit(Overloaded{[&](const AddColumn& add_column) {
                            if (!known.columns.contains(add_column.column.name)) {
                              add(known, add_column.column, name, change());
                            }
                          },
                          [&](const DropColumn& drop) { drop_column(known, drop.column); },
                          [&](const AlterType& type) { known.columns[type.column].type = type.type; },
                          [&](const SetNotNull& set) { known.columns[set.column].not_null = true; },
                          [&](const DropNotNull& drop) { known.columns[drop.column].not_null = false; },
                          [&](const AddConstraint& added) { add(known, added.constraint, name); },
                          [&](const DropConstraint& drop) { known.checks.erase(drop.name); },
                          [&](const ValidateConstraint& validate) {
                            if (const auto check = known.checks.find(validate.name); check != known.checks.end()) {
                              check->second.validated = true;
                            }
                          },
                          [](const auto&) {}},
               clause.what);
  }
}

void
Catalog::rename(const Rename& rename)
{
  if (rename.kind == Rename::Kind::table) {
    move(rename.table, {rename.table.schema, rename.to});
  } else if (rename.kind == Rename::Kind::column) {
    rename_column(edit(rename.table), rename.from, rename.to);
  } else if (rename.kind == Rename::Kind::constraint) {
    KnownTable& known = edit(rename.table);
    if (auto check = known.checks.extract(rename.from)) {
      check.key() = rename.to;
      known.checks.insert(std::move(check));
    }
  }
}

void
Catalog::set(const SetVariable& set)
{
  if (set.name == "search_path" || set.kind == SetVariable::Kind::reset_all) {
    const auto schema = std::find_if(set.values.begin(), set.values.end(),
                                     [](const std::string& value) { return !value.empty() && value != "$user"; });
    default_schema_ = schema == set.values.end() ? "public" : *schema;
  }
}

}  // namespace sluice::migrations
