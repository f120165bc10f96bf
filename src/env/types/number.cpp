// SPDX-License-Identifier: Apache-2.0
#include "env/type.hpp"
#include "env/type_options.hpp"

#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 10> names{"num",     "float",   "double",  "decimal",       "real",
                                                 "float32", "float64", "numeric", "positivefloat", "nonnegativefloat"};
constexpr std::array<std::string_view, 6> option_names{
    "coerceToMinMaxRange", "isDivisibleBy", "isInt", "max", "min", "precision"};

std::optional<std::string>
defect(std::string_view value, const TypeOptions& options)
{
  const auto amount = decimal(value);
  if (!amount) {
    return "is not a number";
  }
  if ((is_set(options, "isInt") || option(options, "precision") == "0") && !is_whole(value)) {
    return "is not a whole number";
  }
  return defect_of_amount(*amount, options);
}

}  // namespace

extern const Type type_number{.id = "number", .names = names, .option_names = option_names, .defect = defect};

}  // namespace sluice::env
