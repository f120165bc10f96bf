// SPDX-License-Identifier: Apache-2.0
//
// When did each secret come, and is it still there? The findings say it one by one; a rotation after a leak is planned
// by the order. What is told here was found out for the findings already: no object is read for it.
//
// A gate does not know what policy will make of its findings, so the timeline has all of them, also those that an allow
// entry or a baseline covers, and says so. Leaving out what carries a comment would tell half of that and look like
// the whole.
#pragma once

#include "finding/section.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace sluice::secrets {

/// The commit that brought a secret.
struct Origin
{
  std::string commit;  ///< full object id
  std::string author;  ///< as it may be shown; empty if not known, and then the time is not known either
  std::chrono::sys_seconds time;
  bool is_file = true;  ///< in a file or message of the commit; else in a tag that names it
};

/// One finding in the order of time. Holds nothing of the secret.
struct Arrival
{
  std::optional<Origin> origin;
  std::string title;        ///< the rule's
  std::string fingerprint;  ///< hexadecimal digits of the finding's
  std::string state;        ///< where it is now, in few words: "at HEAD"
  Standing mark = Standing::plain;
};

/// Findings that a timeline shows at most: as many as every format has a picture for.
inline constexpr std::size_t most_arrivals = 50;

/// "When each secret came": the newest findings whose commit has a date, oldest first; the note counts the others.
/// Nothing if no commit is known, as in the scopes `worktree`, `staged` and `stdin`.
[[nodiscard]] std::optional<Section> leak_timeline(std::vector<Arrival> arrivals);

}  // namespace sluice::secrets
