// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "data/data.hpp"
#include "env/type.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 3> names{"dict", "map", "dictionary"};

/// A JSON object, or pairs as Go and Spring have them: "a:1,b:2", "a=1,b=2".
std::optional<std::string>
defect(std::string_view value, const TypeOptions& /*options*/)
{
  if (value.starts_with('{')) {
    const auto data = read_json_data(value);
    return data && data->root().is_table() ? std::nullopt : std::optional<std::string>("is not a JSON object");
  }
  const auto pairs = split(value, ',');
  const auto is_pair = [](std::string_view pair) { return pair.find_first_of(":=") != std::string_view::npos; };
  return std::all_of(pairs.begin(), pairs.end(), is_pair)
             ? std::nullopt
             : std::optional<std::string>("is neither a JSON object nor a list of pairs");
}

}  // namespace

extern const Type type_record{.id = "record", .names = names, .option_names = {}, .defect = defect};

}  // namespace sluice::env
