// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/location.hpp"
#include "finding/rule_meta.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Stable identity of a finding: made of the rule and the content, never of the line or the commit, so that it
/// survives a squash, a rebase and a moved line. 64 lower-case hexadecimal digits.
struct Fingerprint
{
  std::string hex;
  auto operator<=>(const Fingerprint&) const = default;
};

/// SHA-256 over the rule's id and the parts, each preceded by its length.
[[nodiscard]] Fingerprint make_fingerprint(std::string_view rule_id, std::span<const std::string_view> parts);

/// Something worth showing beside a finding: {"author", "Ada <ada@example.org>"}, {"first commit date", …}.
struct Fact
{
  std::string name;
  std::string value;
};

/// A `sluice:allow[…]` comment (or a peer's) that covers a finding, as found in the text by the gate.
struct InlineAllow
{
  std::string reason;  ///< empty if the author gave none
  Position where;
};

/// What a rule reports. All texts may quote untrusted content (sinks escape it) but never a secret: whatever is
/// confidential was replaced when the finding was made.
struct Finding
{
  const RuleMeta* rule = nullptr;
  Location where;
  std::string message;            ///< names the thing and says what will happen and to whom
  std::string help;               ///< the fix, in the imperative
  std::string excerpt;            ///< the line at `where`, without its newline; empty if there is none
  std::vector<Location> related;  ///< other places of the same finding
  std::vector<Fact> facts;
  Fingerprint fingerprint;
  std::optional<Confidence> confidence;  ///< where the match tells more than the rule (a checksum that fits)
  std::optional<InlineAllow> inline_allow;
};

/// Something that was not examined, and why. Never dropped: it makes a run incomplete unless it is accepted.
struct Gap
{
  std::string subject;  ///< "shallow clone", "object 1a2b…", "supabase/migrations/3.sql:12"
  std::string why;      ///< a sentence without a final stop
  std::string fix;      ///< what to do about it, in the imperative; may hold several lines; may be empty
};

/// One number of what was examined: {1234, "commits"}.
struct Count
{
  std::uint64_t value = 0;
  std::string unit;  ///< plural noun; "bytes" is shown in human units
};

/// What was examined.
struct Coverage
{
  std::string scope;  ///< "whole history of all refs", "12 commits that HEAD has and main has not"
  std::vector<Count> counts;
};

/// What a gate returns.
struct Findings
{
  std::vector<Finding> found;
  std::vector<Gap> gaps;
  Coverage coverage;
};

}  // namespace sluice
