// SPDX-License-Identifier: Apache-2.0
#include "migrations/type_change.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace sluice::migrations {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

/// Casts whose values have the same bytes on both sides, as far as they occur in tables of applications.
constexpr std::array<Pair, 12> same_bytes{{{"varchar", "text"},
                                           {"text", "varchar"},
                                           {"varchar", "bpchar"},
                                           {"text", "bpchar"},
                                           {"xml", "text"},
                                           {"xml", "varchar"},
                                           {"cidr", "inet"},
                                           {"bit", "varbit"},
                                           {"int4", "oid"},
                                           {"oid", "int4"},
                                           {"oid", "regclass"},
                                           {"regclass", "oid"}}};

constexpr std::array<std::string_view, 4> with_precision{"timestamp", "timestamptz", "time", "timetz"};

bool
is_one_of(std::string_view name, std::initializer_list<std::string_view> names)
{
  return std::find(names.begin(), names.end(), name) != names.end();
}

long
modifier(const TypeName& type, std::size_t index, long otherwise)
{
  return index < type.modifiers.size() ? type.modifiers[index] : otherwise;
}

bool
numeric_grows(const TypeName& from, const TypeName& to)
{
  return !from.modifiers.empty() && modifier(to, 0, 0) >= modifier(from, 0, 0)
         && modifier(to, 1, 0) == modifier(from, 1, 0);
}

/// Both have the same name and the new one has a modifier.
bool
length_grows(const TypeName& from, const TypeName& to)
{
  constexpr long microseconds = 6;
  if (is_one_of(from.name, {"varchar", "varbit"})) {
    return !from.modifiers.empty() && modifier(to, 0, 0) >= modifier(from, 0, 0);
  }
  if (from.name == "numeric") {
    return numeric_grows(from, to);
  }
  if (std::find(with_precision.begin(), with_precision.end(), from.name) != with_precision.end()) {
    return modifier(to, 0, microseconds) >= modifier(from, 0, microseconds);
  }
  if (from.name == "interval") {
    // The first modifier is the mask of fields, the second the precision.
    const bool same_fields = from.modifiers.empty() || modifier(from, 0, 0) == modifier(to, 0, 0);
    return same_fields && modifier(to, 1, microseconds) >= modifier(from, 1, microseconds);
  }
  return false;
}

bool
is_time_stamp(const TypeName& type)
{
  return is_one_of(type.name, {"timestamp", "timestamptz"});
}

}  // namespace

TypeChange
type_change(const TypeName& from, const TypeName& to)
{
  if (from == to) {
    return TypeChange::in_place;
  }
  if (from.is_array || to.is_array || !from.schema.empty() || !to.schema.empty()) {
    return TypeChange::rewrite;
  }
  if (from.name == to.name) {
    // bit without a length is bit(1): the one type whose bare name is not its widest form.
    const bool widest = to.modifiers.empty() && from.name != "bit";
    return widest || length_grows(from, to) ? TypeChange::in_place : TypeChange::rewrite;
  }
  if (is_time_stamp(from) && is_time_stamp(to)) {
    return to.modifiers.empty() ? TypeChange::time_zone_bound : TypeChange::rewrite;
  }
  const bool same = std::find(same_bytes.begin(), same_bytes.end(), Pair(from.name, to.name)) != same_bytes.end();
  return same && to.modifiers.empty() ? TypeChange::in_place : TypeChange::rewrite;
}

}  // namespace sluice::migrations
