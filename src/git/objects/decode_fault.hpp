// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace sluice::git {

/// Why an object's bytes could not be had. An enumeration, not an Error: it is made in the innermost loop.
enum class DecodeFault : std::uint8_t {
  none,
  missing,
  unreadable,
  bad_header,
  bad_stream,
  wrong_size,
  too_large,
  no_memory,
  bad_delta,
  missing_base,
  failed_base,
  delta_cycle,
  wrong_name,
};

/// A clause that follows the object's name: "is corrupt: its delta does not fit its base".
[[nodiscard]] std::string_view explain(DecodeFault fault);

}  // namespace sluice::git
