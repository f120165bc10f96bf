// SPDX-License-Identifier: Apache-2.0
//
// What is left to do after a promotion. A cause that nobody found comes back, and an emergency that nobody looks at
// becomes the way things are done; so both stay open until somebody says what was found.
#pragma once

#include "promote/ledger/state.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// Of a promotion that failed or was rolled back, closed by a note of that name.
inline constexpr std::string_view root_cause_item{"root cause"};
/// Of an emergency, closed by `review`.
inline constexpr std::string_view review_item{"review"};
/// Of what went wrong, was an emergency or has an incident noted, closed by a note of that name.
inline constexpr std::string_view debrief_item{"debrief"};

/// How long after its end a promotion's debrief is due.
inline constexpr std::chrono::days debrief_time{7};

struct OpenItem
{
  std::string item;
  std::string promotion;  ///< id
  std::string commit;
  std::string why;  ///< a clause
  std::optional<std::chrono::sys_seconds> due;

  /// The call that closes it.
  [[nodiscard]] std::string fix(std::string_view environment) const;
};

/// With the call that closes it there.
[[nodiscard]] Json json_of(const OpenItem& item, std::string_view environment);

/// Whether a note closes something, and is not of an incident.
[[nodiscard]] bool closes_item(const Note& note);

/// Whether what went on calls for a debrief; when its end is written, it is due `debrief_time` later.
[[nodiscard]] bool wants_debrief(const Promotion& promotion, const EnvironmentState& state);

/// Of one promotion.
[[nodiscard]] std::vector<OpenItem> open_items(const Promotion& promotion, const EnvironmentState& state);

/// Of all that have ended, the oldest first.
[[nodiscard]] std::vector<OpenItem> open_items(const EnvironmentState& state);

}  // namespace sluice::promote
