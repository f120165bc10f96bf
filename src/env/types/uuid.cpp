// SPDX-License-Identifier: Apache-2.0
#include "env/type.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 8> names{"guid", "uuid1", "uuid3", "uuid4", "uuid5", "uuid6", "uuid7", "uuidv4"};

std::optional<std::string>
defect(std::string_view value, const TypeOptions& /*options*/)
{
  constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  const auto fits = [](char c, char wanted) {
    return wanted == '-' ? c == '-' : std::string_view("0123456789abcdefABCDEF").find(c) != std::string_view::npos;
  };
  return value.size() == form.size() && std::equal(value.begin(), value.end(), form.begin(), fits)
             ? std::nullopt
             : std::optional<std::string>("is not a UUID");
}

}  // namespace

extern const Type type_uuid{.id = "uuid", .names = names, .option_names = {}, .defect = defect};

}  // namespace sluice::env
