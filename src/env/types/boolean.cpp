// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/type.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 4> names{"bool", "flag", "strictbool", "stringbool"};

constexpr std::array<std::string_view, 12> words{"t", "true",  "y", "yes", "on",  "1",
                                                 "f", "false", "n", "no",  "off", "0"};

std::optional<std::string>
defect(std::string_view value, const TypeOptions& /*options*/)
{
  const std::string word = to_lower(value);
  return std::find(words.begin(), words.end(), word) != words.end()
             ? std::nullopt
             : std::optional<std::string>("is neither true nor false");
}

}  // namespace

extern const Type type_boolean{.id = "boolean", .names = names, .option_names = {}, .defect = defect};

}  // namespace sluice::env
