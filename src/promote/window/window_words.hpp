// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/window/window.hpp"
#include "promote/window/window_sweep.hpp"

#include <cstddef>
#include <string>

namespace sluice::promote {

/// "on Fridays", "from Mondays to Thursdays, 09:00 to 16:00": when a window is, to be read after "closed" or "open
/// only". Safe for one line of output.
[[nodiscard]] std::string when_it_is(const Window& window);

/// Of what is closed, when it opens, by a wall clock too if the zone is known: "opens at …Z (Mon 09:00 Europe/Berlin)".
[[nodiscard]] std::string when_it_opens(const Calendar::State& state, std::string_view zone);

/// A clause about what decides it now: "closed on Fridays (not on a Friday), Europe/Berlin", "open until …".
[[nodiscard]] std::string why(const WindowOutlook& outlook, std::size_t allowed_windows);

}  // namespace sluice::promote
