// SPDX-License-Identifier: Apache-2.0
#include "env/type.hpp"
#include "env/type_options.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 4> names{"choice", "choices", "literal", "oneof"};
constexpr std::array<std::string_view, 1> option_names{"values"};

std::optional<std::string>
defect(std::string_view value, const TypeOptions& options)
{
  const auto values = values_of_option(options, "values");
  return values.empty() || std::find(values.begin(), values.end(), value) != values.end()
             ? std::nullopt
             : std::optional<std::string>("is none of the values that the schema names");
}

}  // namespace

extern const Type type_enum{.id = "enum", .names = names, .option_names = option_names, .defect = defect};

}  // namespace sluice::env
