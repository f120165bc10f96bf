// SPDX-License-Identifier: Apache-2.0
//
// What types ask of their options, and options that several of them have.
#pragma once

#include "env/type.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// What is wrong with how a schema uses a type, as a clause: "has no option `mni`". Nothing if it is right.
[[nodiscard]] std::optional<std::string> defect_of_options(const Type& type, const TypeOptions& options);

/// The option's text; empty if it is not there.
[[nodiscard]] std::string_view option(const TypeOptions& options, std::string_view name);
/// Nothing if it is not there or no number.
[[nodiscard]] std::optional<double> number_option(const TypeOptions& options, std::string_view name);
/// Whether it is there and true: `noTrailingSlash=true`, or a bare name, which is kept as "true".
[[nodiscard]] bool is_set(const TypeOptions& options, std::string_view name);
/// The lines of an option of several values.
[[nodiscard]] std::vector<std::string_view> values_of_option(const TypeOptions& options, std::string_view name);

/// A decimal number with nothing before or behind it: "-1.5e3"; not "12abc", "0x1F", "1_000" or "Infinity".
[[nodiscard]] std::optional<double> decimal(std::string_view text);
/// A decimal without fraction and exponent.
[[nodiscard]] bool is_whole(std::string_view text);

/// By `min`, `max` and `isDivisibleBy`, as a clause.
[[nodiscard]] std::optional<std::string> defect_of_amount(double amount, const TypeOptions& options);
/// By `minLength`, `maxLength` and `isLength`; `unit` is "character" or "item".
[[nodiscard]] std::optional<std::string> defect_of_length(std::size_t length, std::string_view unit,
                                                          const TypeOptions& options);
/// By `matches`, as a clause. An expression that cannot be judged gives nothing.
[[nodiscard]] std::optional<std::string> defect_of_pattern(std::string_view value, const TypeOptions& options);

}  // namespace sluice::env
