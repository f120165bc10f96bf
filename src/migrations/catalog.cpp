// SPDX-License-Identifier: Apache-2.0
#include "migrations/catalog.hpp"

#include "base/text.hpp"

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

void
drop_column(KnownTable& known, const std::string& column)
{
  known.columns.erase(column);
  std::erase_if(known.checks, [&column](const auto& check) { return check.second.mentions(column); });
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
  drop_temporary(CreateTable::Lives::in_session);
  std::erase_if(tables_, [](const auto& table) { return table.first.starts_with("pg_temp."); });
  file_ = file;
  path_ = {"public"};
}

void
Catalog::begin_transaction()
{
  before_.clear();
  made_.clear();
  path_before_ = path_;
  in_transaction_ = true;
}

void
Catalog::commit()
{
  before_.clear();
  made_.clear();
  local_path_.reset();
  in_transaction_ = false;
  drop_temporary(CreateTable::Lives::in_transaction);
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
  for (const Object& object : made_) {
    objects_.erase(object);
  }
  if (in_transaction_) {
    path_ = path_before_;
  }
  commit();
}

void
Catalog::drop_temporary(CreateTable::Lives lives)
{
  std::erase_if(temporary_, [this, lives](const auto& table) {
    const bool ends = table.second == lives || lives == CreateTable::Lives::in_session;
    if (ends) {
      tables_.erase(table.first);
    }
    return ends;
  });
}

void
Catalog::apply(const Statement& statement)
{
  statement_ = statement.where;
  std::visit(Overloaded{[this](const CreateTable& body) { create(body); },
                        [this](const AlterTable& body) { alter(body); }, [this](const Rename& body) { rename(body); },
                        [this](const SetVariable& body) { set(body); },
                        [this](const DiscardSession& body) { discard(body); },
                        [this](const SetSchema& body) {
                          move(key_of(body.table), fmt::format("{}.{}", body.schema, body.table.name));
                        },
                        [this](const CreateFunction& body) { define(body); },
                        [this](const MoveFunction& body) { functions_.move(body.from, body.to); },
                        [this](const DropObjects& body) { drop(body); }, [](const auto&) {}},
             statement.body);
  for (const Object& object : statement.makes) {
    make(object, statement);
  }
  for (const QualifiedName& function : statement.attaches) {
    functions_.attach(function);
  }
  if (statement.hides_path) {
    hide_path();
  }
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
Catalog::edit(const std::string& key)
{
  remember(key);
  KnownTable& known = tables_[key];
  touch(known);
  return known;
}

void
Catalog::erase(const std::string& key)
{
  remember(key);
  tables_.erase(key);
  temporary_.erase(key);
}

void
Catalog::move(const std::string& from, const std::string& to)
{
  if (change() != 0 && tables_.contains(to)) {
    return;  // the name is taken
  }
  const auto known = tables_.find(from);
  KnownTable copy = known == tables_.end() ? KnownTable() : known->second;
  if (const auto lives = temporary_.find(from); lives != temporary_.end()) {
    temporary_[to] = lives->second;
  }
  erase(from);
  KnownTable& table = edit(to);
  table = std::move(copy);
  touch(table);
}

void
Catalog::create(const CreateTable& create)
{
  const std::string key = key_of_new(create);
  const bool is_temporary = create.lives != CreateTable::Lives::forever;
  if (create.lives == CreateTable::Lives::in_transaction && !in_transaction_) {
    return;  // it is gone with its own statement
  }
  // The server keeps the old one, with its rows. History may be told out of order or have gaps: it is taken at its
  // word.
  if (tables_.contains(key) && (create.if_not_exists || change() != 0)) {
    return;
  }
  KnownTable& known = edit(key);
  known = {};
  touch(known);
  known.change = is_temporary ? change_ : is_hidden(key) ? 0 : change();
  if (is_temporary) {
    temporary_[key] = create.lives;
  } else {
    schemas_.insert(key.substr(0, key.find('.')));
  }
  for (const Column& column : create.columns) {
    add(known, column, create.table.name, known.change);
  }
  for (const Constraint& constraint : create.constraints) {
    add(known, constraint, create.table.name);
  }
}

void
Catalog::alter(const AlterTable& alter)
{
  KnownTable& known = edit(key_of(alter.table));
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
  const std::string key = key_of(rename.table);
  if (rename.kind == Rename::Kind::table) {
    move(key, fmt::format("{}.{}", key.substr(0, key.find('.')), rename.to));
  } else if (rename.kind == Rename::Kind::column) {
    rename_column(edit(key), rename.from, rename.to);
  } else if (rename.kind == Rename::Kind::constraint) {
    KnownTable& known = edit(key);
    if (auto check = known.checks.extract(rename.from)) {
      check.key() = rename.to;
      known.checks.insert(std::move(check));
    }
  }
}

void
Catalog::drop(const DropObjects& drop)
{
  for (const QualifiedName& name : drop.names) {
    if (drop.kind == DropObjects::Kind::table) {
      erase(key_of(name));
    } else if (drop.kind == DropObjects::Kind::schema) {
      std::vector<std::string> gone;
      for (auto table = tables_.lower_bound(name.name + "."); table != tables_.end(); ++table) {
        if (!table->first.starts_with(name.name + ".")) {
          break;
        }
        gone.push_back(table->first);
      }
      for (const std::string& key : gone) {
        erase(key);
      }
    }
  }
}

void
Catalog::define(const CreateFunction& create)
{
  const std::string schema = create.function.schema.empty() ? creation_schema() : create.function.schema;
  functions_.define({schema, create.function.name}, create);
}

/// What is there already stays as old as it is: another function of the name, or a statement that fails.
void
Catalog::make(const Object& object, const Statement& statement)
{
  Object placed = object;
  if (placed.kind == Object::Kind::schema) {
    schemas_.insert(placed.name.name);
  }
  if (placed.kind == Object::Kind::function && as<CreateFunction>(statement) == nullptr) {
    functions_.add_name(placed.name.name);  // an aggregate
  }
  KnownObject known{change(), ""};
  if (const auto* index = as<CreateIndex>(statement)) {
    known.table = key_of(index->table);
    placed.name.schema = known.table.substr(0, known.table.find('.'));
  } else if (placed.kind != Object::Kind::schema && placed.kind != Object::Kind::role && placed.name.schema.empty()) {
    placed.name.schema = creation_schema();
  }
  if (!is_hidden(placed.name.schema) && objects_.try_emplace(placed, known).second && in_transaction_) {
    made_.push_back(placed);
  }
}

void
Catalog::set(const SetVariable& set)
{
  if (set.name != "search_path" && set.kind != SetVariable::Kind::reset_all) {
    return;
  }
  SearchPath schemas;
  for (const std::string& value : set.values) {
    // set_config gives all of them in one text.
    for (const std::string_view part : split(value, ',')) {
      std::string_view schema = trim(part);
      if (schema.size() > 1 && schema.starts_with('"') && schema.ends_with('"')) {
        schema = schema.substr(1, schema.size() - 2);
      }
      if (!schema.empty() && schema != "$user" && schema != "pg_catalog") {
        schemas.emplace_back(schema);
      }
    }
  }
  if (schemas.empty()) {
    schemas.emplace_back("public");
  }
  if (!set.local || set.kind == SetVariable::Kind::reset_all) {
    path_ = std::move(schemas);
    local_path_.reset();
  } else if (in_transaction_) {
    local_path_ = std::move(schemas);
  }
}

void
Catalog::discard(const DiscardSession& discard)
{
  drop_temporary(CreateTable::Lives::in_session);
  if (discard.what == DiscardSession::What::all) {
    set({SetVariable::Kind::reset_all, "", {}});
  }
}

bool
Catalog::is_hidden(std::string_view schema)
{
  return schema.starts_with('\0');
}

void
Catalog::hide_path()
{
  path_ = {std::string(1, '\0') + std::to_string(++hidden_paths_)};
  local_path_.reset();
}

}  // namespace sluice::migrations
