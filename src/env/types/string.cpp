// SPDX-License-Identifier: Apache-2.0
#include "env/type.hpp"
#include "env/type_options.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 7> names{"str",           "text",    "secret",        "secretstr",
                                                "literalstring", "varchar", "nonemptystring"};
constexpr std::array<std::string_view, 9> option_names{"allowEmpty", "endsWith",    "isLength",
                                                       "matches",    "maxLength",   "minLength",
                                                       "startsWith", "toLowerCase", "toUpperCase"};

/// As people count: continuation bytes of UTF-8 are not characters of their own.
std::size_t
characters_of(std::string_view text)
{
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::optional<std::string>
defect(std::string_view value, const TypeOptions& options)
{
  if (auto wrong = defect_of_length(characters_of(value), "character", options)) {
    return wrong;
  }
  if (!value.starts_with(option(options, "startsWith"))) {
    return "does not begin as the schema says";
  }
  if (!value.ends_with(option(options, "endsWith"))) {
    return "does not end as the schema says";
  }
  return defect_of_pattern(value, options);
}

}  // namespace

extern const Type type_string{.id = "string", .names = names, .option_names = option_names, .defect = defect};

}  // namespace sluice::env
