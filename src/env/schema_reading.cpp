// SPDX-License-Identifier: Apache-2.0
#include "env/schema_reading.hpp"

#include "base/text.hpp"
#include "env/language.hpp"
#include "env/type_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::env {

namespace {

constexpr std::size_t max_gaps = 100;  ///< of one file

/// Names that are a type with an option.
struct Shorthand
{
  std::string_view name;
  std::string_view option;
  std::string_view value;
};

constexpr std::array<Shorthand, 16> shorthands{{{"simple-object", "shape", "object"},
                                                {"simpleobject", "shape", "object"},
                                                {"object", "shape", "object"},
                                                {"ipv4", "version", "4"},
                                                {"ipv4address", "version", "4"},
                                                {"ipv6", "version", "6"},
                                                {"ipv6address", "version", "6"},
                                                {"httpurl", "schemes", "http\nhttps"},
                                                {"anyhttpurl", "schemes", "http\nhttps"},
                                                {"postgresdsn", "schemes", "postgres\npostgresql"},
                                                {"redisdsn", "schemes", "redis\nrediss"},
                                                {"mysqldsn", "schemes", "mysql\nmysql2\nmariadb"},
                                                {"mongodsn", "schemes", "mongodb\nmongodb+srv"},
                                                {"positiveint", "min", "1"},
                                                {"nonnegativeint", "min", "0"},
                                                {"uint", "min", "0"}}};

bool
is_name(std::string_view name)
{
  return !name.empty() && name.size() <= Sightings::max_name_bytes
         && std::all_of(name.begin(), name.end(), [](char c) { return !is_blank(c) && c != '=' && c != '\x7f'; });
}

}  // namespace

void
SchemaBuilder::add(Item item)
{
  if (!is_name(item.name)) {
    return;
  }
  item.is_audited = item.is_audited && in_ == In::file;
  if (schema_.items.size() < max_schema_items) {
    schema_.items.push_back(std::move(item));
  } else if (schema_.items.size() == max_schema_items) {
    gap(GapKind::too_many, item.line, fmt::format("a schema has more than {} variables", max_schema_items));
    schema_.items.push_back(std::move(item));
  }
}

void
SchemaBuilder::gap(GapKind kind, std::uint32_t line, std::string why, std::string fix)
{
  if (schema_.gaps.size() < max_gaps) {
    schema_.gaps.push_back({kind, fmt::format("{}:{}", schema_.path, line), std::move(why), std::move(fix)});
  }
}

TypeUse
SchemaBuilder::type(std::string_view name, TypeOptions options, std::uint32_t line)
{
  TypeUse use = known_type(name, std::move(options));
  if (use.id.empty()) {
    gap(GapKind::unknown_format, line,
        fmt::format("the type {} is not known, so its values are not judged", printable(name)),
        "Use a type that Sluice knows, or accept the gap");
    return use;
  }
  const Type* type = find_type(use.id);
  if (const auto wrong = type == nullptr ? std::nullopt : defect_of_options(*type, use.options)) {
    gap(GapKind::unknown_format, line, fmt::format("the type {} {}", use.id, *wrong), "Mend the option in the schema");
  }
  return use;
}

TypeUse
known_type(std::string_view name, TypeOptions options)
{
  const std::string lower = to_lower(name);
  const auto shorthand = std::find_if(shorthands.begin(), shorthands.end(),
                                      [&lower](const Shorthand& each) { return each.name == lower; });
  if (shorthand != shorthands.end()) {
    options.emplace(shorthand->option, shorthand->value);
  }
  const Type* type = find_type(name);
  return type == nullptr ? TypeUse{} : TypeUse{std::string(type->id), std::move(options)};
}

}  // namespace sluice::env
