// SPDX-License-Identifier: Apache-2.0
#include "data/data.hpp"
#include "env/type.hpp"
#include "env/type_options.hpp"

#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 4> names{"simple-object", "simpleobject", "object", "jsonstring"};
constexpr std::array<std::string_view, 1> option_names{"shape"};

std::optional<std::string>
defect(std::string_view value, const TypeOptions& options)
{
  const auto data = read_json_data(value);
  if (!data) {
    return "is not JSON";
  }
  return option(options, "shape") == "object" && !data->root().is_table()
             ? std::optional<std::string>("is not a JSON object")
             : std::nullopt;
}

}  // namespace

extern const Type type_json{.id = "json", .names = names, .option_names = option_names, .defect = defect};

}  // namespace sluice::env
