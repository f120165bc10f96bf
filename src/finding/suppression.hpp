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
  std::string fingerprint;  ///< full hex or a prefix of at least 12 digits, or empty for any
  std::string reason;
  std::string expires;  ///< YYYY-MM-DD, the last day on which it counts
  std::string origin;   ///< "file:line:col" of the entry
};

/// An entry of `accept-gaps:`.
struct AcceptedGap
{
  std::string subject;  ///< a glob over Gap::subject
  std::string reason;
  std::string expires;
  std::string origin;
};

/// Whether `suppression` names this finding, regardless of its expiry.
[[nodiscard]] bool covers(const Suppression& suppression, const Finding& finding);

/// Reads `sluice:allow[rule, other] reason` anywhere in `line`, and the peers' own marks (gitleaks:allow,
/// betterleaks:allow, trufflehog:ignore, kingfisher:ignore, nosecret, `pragma: allowlist secret`,
/// `squawk-ignore rule`). Nothing if the line has no mark that covers `rule_id`.
[[nodiscard]] std::optional<InlineAllow> inline_allow(std::string_view line, std::string_view rule_id);

}  // namespace sluice
