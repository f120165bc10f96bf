// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"

#include <optional>
#include <string_view>

namespace sluice::gate {

/// Whose marks count beside ours. None of the scanners' names a rule: gitleaks:allow, betterleaks:allow,
/// trufflehog:ignore, kingfisher:ignore, nosecret, `pragma: allowlist secret`, `secretlint-disable-line`.
enum class PeerMarks { none, of_secret_scanners };

/// Reads `sluice:allow[rule, other] reason` anywhere in `line`, and the peers' marks. Nothing if the line has no mark
/// that covers `rule_id`. A reason has a letter or a digit; what stands behind the end of the comment or of the text in
/// which the mark is, is none.
[[nodiscard]] std::optional<InlineAllow> inline_allow(std::string_view line, std::string_view rule_id, PeerMarks peers);

/// The same of the line before the one on which a finding begins, for where a comment cannot stand on it (a PEM block,
/// a value in .properties, a template literal): `sluice:allow-next-line[rule] reason`, and of the peers `pragma:
/// allowlist nextline secret` and `secretlint-disable-next-line`.
[[nodiscard]] std::optional<InlineAllow> next_line_allow(std::string_view line_before, std::string_view rule_id,
                                                         PeerMarks peers);

/// Of several marks for one thing the first that counts everywhere, else the first.
class MarkChoice
{
public:
  void
  add(std::optional<InlineAllow> allow)
  {
    if (allow && (!chosen_ || (!is_best() && allow->is_own_with_reason()))) {
      chosen_ = std::move(allow);
    }
  }
  [[nodiscard]] bool
  is_best() const
  {
    return chosen_ && chosen_->is_own_with_reason();
  }
  [[nodiscard]] std::optional<InlineAllow>
  take()
  {
    return std::move(chosen_);
  }

private:
  std::optional<InlineAllow> chosen_;
};

}  // namespace sluice::gate
