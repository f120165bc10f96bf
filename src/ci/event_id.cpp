// SPDX-License-Identifier: Apache-2.0
#include "ci/event_id.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::ci {

Result<std::string>
event_id(std::string_view source, std::string_view value)
{
  constexpr std::string_view digits = "0123456789abcdefABCDEF";
  const bool right_length = value.empty() || value.size() == 40 || value.size() == 64;
  if (!right_length || value.find_first_not_of(digits) != std::string_view::npos) {
    return fail(ErrorKind::environment, "{} is not an object id", source);
  }
  const bool only_zeros = value.find_first_not_of('0') == std::string_view::npos;
  return only_zeros ? std::string() : to_lower(value);
}

}  // namespace sluice::ci
