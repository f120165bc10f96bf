// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"
#include "finding/finding.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// An entry of `allow:`; covers the findings that match everything it names. `reason` and `expires` are required.
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

/// Whether `suppression` names this finding, regardless of its expiry.
[[nodiscard]] bool covers(const Suppression& suppression, const Finding& finding);

/// Whether `accepted` names this gap, regardless of its expiry.
[[nodiscard]] bool covers(const AcceptedGap& accepted, const Gap& gap);

}  // namespace sluice
