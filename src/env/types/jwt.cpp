// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"
#include "base/text.hpp"
#include "data/data.hpp"
#include "env/type.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 1> names{"jsonwebtoken"};

/// A JSON object in the URL-safe alphabet.
bool
is_encoded_object(std::string_view part)
{
  std::string standard = replace_all(replace_all(part, "-", "+"), "_", "/");
  standard.append((4 - standard.size() % 4) % 4, '=');
  const auto text = from_base64(standard);
  const auto data = text ? read_json_data(*text) : tl::expected<Data, Defect>(tl::unexpected(Defect{}));
  return data && data->root().is_table();
}

std::optional<std::string>
defect(std::string_view value, const TypeOptions& /*options*/)
{
  const auto parts = split(value, '.');
  return parts.size() == 3 && is_encoded_object(parts[0]) && is_encoded_object(parts[1])
             ? std::nullopt
             : std::optional<std::string>("is not a JSON Web Token of three parts");
}

}  // namespace

extern const Type type_jwt{.id = "jwt", .names = names, .option_names = {}, .defect = defect};

}  // namespace sluice::env
