// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace sluice {

/// What the gate is called on a command line, in a manual page and in a log: "sluice-secrets" for "secrets". A name
/// from a report is made safe first.
[[nodiscard]] inline std::string
executable_name(std::string_view gate)
{
  return std::string("sluice-").append(gate);
}

}  // namespace sluice
