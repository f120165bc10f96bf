// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/schema.hpp"

#include <map>
#include <string>

namespace sluice::env {

/// A JSON Schema (draft 7) of an object with the variables for members, for validators that take a text for the number
/// or boolean that it is, as those of environments do. Defaults are told of what is no secret by the schema and by name
/// alone. A line for each variable.
[[nodiscard]] std::string json_schema(const std::map<std::string, Wanted, std::less<>>& wanted);

}  // namespace sluice::env
