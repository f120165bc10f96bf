// SPDX-License-Identifier: Apache-2.0
#include "env/type.hpp"
#include "env/type_options.hpp"

#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 26> names{"positiveint", "nonnegativeint",
                                                 "negativeint", "int",
                                                 "bigint",      "long",
                                                 "short",       "uint",
                                                 "int8",        "int16",
                                                 "int32",       "int64",
                                                 "uint8",       "uint16",
                                                 "uint32",      "uint64",
                                                 "i8",          "i16",
                                                 "i32",         "i64",
                                                 "u8",          "u16",
                                                 "u32",         "u64",
                                                 "usize",       "strictint"};
constexpr std::array<std::string_view, 4> option_names{"coerceToMinMaxRange", "isDivisibleBy", "max", "min"};

std::optional<std::string>
defect(std::string_view value, const TypeOptions& options)
{
  const auto amount = decimal(value);
  return !amount || !is_whole(value) ? "is not a whole number" : defect_of_amount(*amount, options);
}

}  // namespace

extern const Type type_integer{.id = "integer", .names = names, .option_names = option_names, .defect = defect};

}  // namespace sluice::env
