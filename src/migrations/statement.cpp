// SPDX-License-Identifier: Apache-2.0
#include "migrations/statement.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::migrations {

namespace {

/// The names that people write for those that the parser gives to SQL's own types.
std::string
spoken(const std::string& internal)
{
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> names{{{"int2", "smallint"},
                                                                                {"int4", "integer"},
                                                                                {"int8", "bigint"},
                                                                                {"float4", "real"},
                                                                                {"float8", "double precision"},
                                                                                {"bool", "boolean"},
                                                                                {"bpchar", "char"}}};
  const auto* found =
      std::find_if(names.begin(), names.end(), [&internal](const auto& name) { return name.first == internal; });
  return found == names.end() ? internal : std::string(found->second);
}

}  // namespace

std::string
text_of(const QualifiedName& name)
{
  return name.schema.empty() ? name.name : fmt::format("{}.{}", name.schema, name.name);
}

std::string
text_of(const TypeName& type)
{
  std::string text = text_of(QualifiedName{type.schema, spoken(type.name)});
  if (!type.modifiers.empty()) {
    text += fmt::format("({})", fmt::join(type.modifiers, ","));
  }
  return type.is_array ? text + "[]" : text;
}

}  // namespace sluice::migrations
