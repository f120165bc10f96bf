// SPDX-License-Identifier: Apache-2.0
#include "migrations/catalog.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::migrations {

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
              return check.second.validated && check.second.mentions(column);
            });
}

Volatility
Catalog::volatility_of(const QualifiedName& function) const
{
  const Volatility known = known_volatility(function);
  if (known != Volatility::unknown && function.schema.empty()) {
    return known;  // pg_catalog comes first in the search path: a function of ours cannot hide random()
  }
  const std::string schema = function.schema.empty() ? creation_schema() : function.schema;
  return functions_.volatility_of({schema, function.name}).value_or(known);
}

bool
Catalog::is_made(const Object& object) const
{
  if (object.kind == Object::Kind::table) {
    return is_new(object.name);
  }
  const KnownObject* known = find_object(object);
  if (known == nullptr) {
    return false;
  }
  const auto table = tables_.find(known->table);
  const bool is_of_new_table = table != tables_.end() && table->second.change != 0 && table->second.change == change_;
  return is_of_new_table || (known->change != 0 && known->change == change_);
}

bool
Catalog::knows(const QualifiedName& table) const
{
  return find(table) != nullptr;
}

bool
Catalog::knows(const QualifiedName& table, const std::string& column) const
{
  const KnownTable* known = find(table);
  return known != nullptr && known->columns.contains(column);
}

bool
Catalog::knows_check(const QualifiedName& table, const std::string& name) const
{
  const KnownTable* known = find(table);
  return known != nullptr && known->checks.contains(name);
}

std::string
Catalog::creation_schema() const
{
  const SearchPath& schemas = path();
  const auto known =
      std::find_if(schemas.begin(), schemas.end(), [this](const std::string& each) { return schemas_.contains(each); });
  return known != schemas.end() ? *known : schemas.empty() ? "public" : schemas.front();
}

std::string
Catalog::key_of(const QualifiedName& name) const
{
  if (!name.schema.empty()) {
    return fmt::format("{}.{}", name.schema, name.name);
  }
  SearchPath schemas = path();
  // What is hidden may have pg_temp anywhere.
  if (!is_hidden(schemas.front()) && std::find(schemas.begin(), schemas.end(), "pg_temp") == schemas.end()) {
    schemas.insert(schemas.begin(), "pg_temp");
  }
  for (const std::string& schema : schemas) {
    std::string key = fmt::format("{}.{}", schema, name.name);
    if (tables_.contains(key)) {
      return key;
    }
  }
  return fmt::format("{}.{}", creation_schema(), name.name);
}

std::string
Catalog::key_of_new(const CreateTable& create) const
{
  const QualifiedName& name = create.table;
  const std::string schema = create.lives != CreateTable::Lives::forever ? "pg_temp"
                             : name.schema.empty()                       ? creation_schema()
                                                                         : name.schema;
  return fmt::format("{}.{}", schema, name.name);
}

const KnownTable*
Catalog::find(const QualifiedName& table) const
{
  const auto found = tables_.find(key_of(table));
  return found == tables_.end() ? nullptr : &found->second;
}

const Catalog::KnownObject*
Catalog::find_object(const Object& object) const
{
  if (object.kind == Object::Kind::schema || object.kind == Object::Kind::role || !object.name.schema.empty()) {
    const auto found = objects_.find(object);
    return found == objects_.end() ? nullptr : &found->second;
  }
  for (const std::string& schema : path()) {
    const auto found = objects_.find({object.kind, {schema, object.name.name}});
    if (found != objects_.end()) {
      return &found->second;
    }
  }
  return nullptr;
}

}  // namespace sluice::migrations
