// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"
#include "finding/finding.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// An entry of `allow:`; covers the findings that match everything it names, and of them the places that its path fits.
/// `reason` and `expires` are required.
struct Suppression
{
  std::string rule;         ///< a rule's id, or empty for any
  std::string path;         ///< a glob, or empty for any
  std::string subject;      ///< a glob over Finding::subject, or empty for any
  std::string fingerprint;  ///< full hex or a prefix of at least 12 digits, or empty for any
  std::string reason;
  std::string expires;  ///< YYYY-MM-DD, the last day on which it counts
  std::string origin;   ///< "file:line:col" of the entry
};

/// An entry of `accept-gaps:`.
struct AcceptedGap
{
  GapKind kind = GapKind::no_input;
  std::string subject;  ///< a glob over Gap::subject
  std::string reason;
  std::string expires;
  std::string origin;
};

/// Whether `suppression` is about this finding by all but its path, regardless of its expiry.
[[nodiscard]] bool names(const Suppression& suppression, const Finding& finding);

/// Whether the path of `suppression` fits this place of a finding that it names.
[[nodiscard]] bool covers(const Suppression& suppression, const Location& place);

/// Whether the finding is at this further place as much as at its own, so that an entry must cover it too.
[[nodiscard]] bool is_place_of_finding(const RelatedPlace& place);

/// Whether the gate told of every place. Of one that it left out no entry with a path can be known to cover it.
[[nodiscard]] bool lists_all_places(const Finding& finding);

/// Whether `accepted` names this gap, regardless of its expiry.
[[nodiscard]] bool covers(const AcceptedGap& accepted, const Gap& gap);

}  // namespace sluice
