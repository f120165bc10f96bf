// SPDX-License-Identifier: Apache-2.0
//
// What somebody wrote down of the variables that a project needs: `.env.schema`, `.env.example`, a schema in code. Each
// format reads its own kind of file into the same items; what several of them say of one variable is put together by
// `Schemas`.
#pragma once

#include "env/stage.hpp"
#include "finding/gap.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// Whether a variable must have a value.
enum class Need {
  unsaid,  ///< the format does not say it: `.env.example`
  required,
  optional,
  named,     ///< in the environments of `Item::needed_in` alone
  computed,  ///< by a function of the schema, so that only what runs it knows
};

enum class Exposure { unsaid, sensitive, open };

/// A type with its options, as types/<id>.cpp knows it.
struct TypeUse
{
  std::string id;                                           ///< of a Type; empty: any text
  std::map<std::string, std::string, std::less<>> options;  ///< "min" → "1"; of an enum "values" → one a line
};

/// One variable of a schema.
struct Item
{
  std::string name;
  std::uint32_t line = 0;
  TypeUse type;
  Need need = Need::unsaid;
  std::set<std::string, std::less<>> needed_in;  ///< of Need::named
  Exposure exposure = Exposure::unsaid;
  std::optional<std::string> fallback;  ///< the value where none is given, if it is written there
  bool is_elsewhere = false;            ///< a function gives the value: `exec()`, `op://…`
  bool is_deprecated = false;
  bool is_audited = true;  ///< false: the schema asks not to be told that nothing reads it, or is what reads it
};

/// A file that says it.
struct Schema
{
  std::string path;
  std::string_view format;  ///< id
  std::vector<Item> items;
  std::vector<Gap> gaps;
  bool is_example = false;  ///< its values are examples and no defaults
  /// The variable that holds the name of the environment (`@currentEnv=$APP_ENV`); empty: none.
  std::string current_environment;
};

/// What all schemas say of one variable.
struct Wanted
{
  std::string name;
  const Schema* schema = nullptr;  ///< the first that says the most; never null
  Item item;                       ///< put together: what one leaves unsaid another says
};

/// By name. Of schemas that contradict each other the one of the more telling format counts: `.env.schema` before
/// schemas in code before examples.
[[nodiscard]] std::map<std::string, Wanted, std::less<>> put_together(const std::vector<Schema>& schemas);

/// Whether a variable must have a value in this environment.
[[nodiscard]] bool is_needed_in(const Item& item, std::string_view environment);

}  // namespace sluice::env
