// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice::promote {

/// The last lines of what a program printed, at most so many bytes, as a terminal would have shown them at last:
/// without colours and other control sequences (ECMA-48), and of a line that was written over, such as a progress bar,
/// only what stayed. Whatever other bytes it has stay.
[[nodiscard]] std::string excerpt_of(std::string_view printed, std::size_t max_bytes);

}  // namespace sluice::promote
