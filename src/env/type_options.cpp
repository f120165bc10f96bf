// SPDX-License-Identifier: Apache-2.0
#include "env/type_options.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "credentials/foreign_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 5> numeric{"isDivisibleBy", "isLength", "maxLength", "minLength", "precision"};

bool
must_be_number(const Type& type, std::string_view name)
{
  const bool is_bound = name == "min" || name == "max";
  return (is_bound && type.id != "duration") || std::find(numeric.begin(), numeric.end(), name) != numeric.end();
}

}  // namespace

std::optional<std::string>
defect_of_options(const Type& type, const TypeOptions& options)
{
  for (const auto& [name, value] : options) {
    if (std::find(type.option_names.begin(), type.option_names.end(), name) == type.option_names.end()) {
      return fmt::format("has no option {}", printable(name));
    }
    if (must_be_number(type, name) && !decimal(value)) {
      return fmt::format("wants a number for {}", name);
    }
    if (name == "matches" && !credentials::finds(value, "")) {
      return "has an expression in `matches` that RE2 does not take";
    }
  }
  return std::nullopt;
}

std::string_view
option(const TypeOptions& options, std::string_view name)
{
  const auto found = options.find(name);
  return found == options.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<double>
number_option(const TypeOptions& options, std::string_view name)
{
  return decimal(option(options, name));
}

bool
is_set(const TypeOptions& options, std::string_view name)
{
  return option(options, name) == "true";
}

std::vector<std::string_view>
values_of_option(const TypeOptions& options, std::string_view name)
{
  const std::string_view text = option(options, name);
  return text.empty() ? std::vector<std::string_view>() : split(text, '\n');
}

bool
is_whole(std::string_view text)
{
  const std::string_view digits = text.starts_with('-') || text.starts_with('+') ? text.substr(1) : text;
  return !digits.empty() && std::all_of(digits.begin(), digits.end(), is_digit);
}

std::optional<double>
decimal(std::string_view text)
{
  const std::string_view number = text.starts_with('+') ? text.substr(1) : text;
  const bool begins_right =
      !number.empty() && (is_digit(number.front()) || number.front() == '-' || number.front() == '.');
  // std::from_chars takes "infinity", "nan" and "-inf" too.
  if (!begins_right || number.find_first_not_of("0123456789.eE+-") != std::string_view::npos) {
    return std::nullopt;
  }
  return number_of<double>(number);
}

std::optional<std::string>
defect_of_amount(double amount, const TypeOptions& options)
{
  const auto min = number_option(options, "min");
  const auto max = number_option(options, "max");
  const auto divisor = number_option(options, "isDivisibleBy");
  if (!is_set(options, "coerceToMinMaxRange") && ((min && amount < *min) || (max && amount > *max))) {
    return min && max ? fmt::format("is not from {} to {}", *min, *max)
                      : (min ? fmt::format("is less than {}", *min) : fmt::format("is more than {}", *max));
  }
  if (divisor && *divisor != 0 && std::fmod(amount, *divisor) != 0) {
    return fmt::format("cannot be divided by {}", *divisor);
  }
  return std::nullopt;
}

std::optional<std::string>
defect_of_length(std::size_t length, std::string_view unit, const TypeOptions& options)
{
  const auto amount = static_cast<double>(length);
  if (const auto min = number_option(options, "minLength"); min && amount < *min) {
    return fmt::format("has fewer than {} {}s", *min, unit);
  }
  if (const auto max = number_option(options, "maxLength"); max && amount > *max) {
    return fmt::format("has more than {} {}s", *max, unit);
  }
  if (const auto exact = number_option(options, "isLength"); exact && amount != *exact) {
    return fmt::format("does not have {} {}s", *exact, unit);
  }
  return std::nullopt;
}

std::optional<std::string>
defect_of_pattern(std::string_view value, const TypeOptions& options)
{
  const auto expression = options.find("matches");
  if (expression == options.end() || credentials::finds(expression->second, value).value_or(true)) {
    return std::nullopt;
  }
  return "does not match the schema's expression";
}

}  // namespace sluice::env
