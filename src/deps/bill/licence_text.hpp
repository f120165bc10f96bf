// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace sluice::deps {

/// What a lockfile says of a licence, as bills have to write it: they allow no other words than SPDX's.
struct LicenceText
{
  enum class Kind {
    none,
    id,          ///< one of the SPDX licence list, as it spells it
    expression,  ///< of such, with AND, OR, WITH and parentheses
    name,        ///< anything else, as it was written
  } kind = Kind::none;
  std::string text;
};

[[nodiscard]] LicenceText licence_text(std::string_view written);

}  // namespace sluice::deps
