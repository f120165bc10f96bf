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
/// that covers `rule_id`.
[[nodiscard]] std::optional<InlineAllow> inline_allow(std::string_view line, std::string_view rule_id, PeerMarks peers);

/// The same of the line before the one on which a finding begins, for where a comment cannot stand on it (a PEM block,
/// a value in .properties, a template literal): `sluice:allow-next-line[rule] reason`, and of the peers `pragma:
/// allowlist nextline secret` and `secretlint-disable-next-line`.
[[nodiscard]] std::optional<InlineAllow> next_line_allow(std::string_view line_before, std::string_view rule_id,
                                                         PeerMarks peers);

}  // namespace sluice::gate
