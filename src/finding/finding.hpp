// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/span.hpp"
#include "finding/gap.hpp"
#include "finding/location.hpp"
#include "finding/rule_meta.hpp"
#include "finding/section.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
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

/// The fingerprint of what could be found again by trying what has it: no more than 16 bits of it, given as two bytes.
/// Others share it, one in 65,536 of a kind, so whoever accepts a finding by it must name the place too. Ends in 32
/// zeros, by which every reader can tell.
[[nodiscard]] Fingerprint make_coarse_fingerprint(std::string_view rule_id, std::array<unsigned char, 2> bits);
[[nodiscard]] bool is_coarse(const Fingerprint& fingerprint);

/// Something worth showing beside a finding: {"author", "author", "Ada <ada@example.org>"}.
struct Fact
{
  std::string key;    ///< kebab-case and never renamed: programs match it
  std::string label;  ///< for people; empty: they have read it in the message, and programs alone get it
  std::string value;
};

/// Who gave out the name of a weakness or vulnerability.
enum class IdentifierKind { cve, ghsa, cwe, other };

template<> struct EnumNames<IdentifierKind>
{
  static constexpr std::array<std::string_view, 4> names{"cve", "ghsa", "cwe", "other"};
};

/// What the world calls a finding: CVE-2024-3094, GHSA-…, CWE-798, PYSEC-….
struct Identifier
{
  std::string name;
  [[nodiscard]] IdentifierKind kind() const;
  /// The page that explains it; empty if there is none that is known.
  [[nodiscard]] std::string url() const;
};

/// What a further place has to do with a finding.
enum class PlaceRole {
  primary,  ///< the finding is here as much as at its own place
  also,     ///< the same again
  cause,    ///< why it is one
  fix,      ///< what would have to change
  defined_here,
};

template<> struct EnumNames<PlaceRole>
{
  static constexpr std::array<std::string_view, 5> names{"primary", "also", "cause", "fix", "defined-here"};
};

/// "also here", "because of this", …: how a role is told to people.
[[nodiscard]] std::string_view text_of(PlaceRole role);

struct RelatedPlace
{
  Location where;
  PlaceRole role = PlaceRole::also;
  std::string note;  ///< a clause; may be empty
  auto operator<=>(const RelatedPlace&) const = default;
};

/// Whose word a comment in the text uses: ours, which names the rule, or another tool's.
enum class MarkOwner { sluice, peer };

template<> struct EnumNames<MarkOwner>
{
  static constexpr std::array<std::string_view, 2> names{"sluice", "peer"};
};

/// A `sluice:allow[…]` comment (or a peer's) that covers a finding, as found in the text by the gate.
struct InlineAllow
{
  std::string reason;  ///< empty if the author gave none
  Position where;      ///< line 0 until the gate knows it
  MarkOwner owner = MarkOwner::sluice;
  std::uint32_t lines_before = 0;  ///< how far above the beginning of the finding it stands
  std::string path;                ///< of its file; empty: the finding's own
  bool counts = false;             ///< policy suppressed the finding for it
  auto operator<=>(const InlineAllow&) const = default;

  /// Whether it names the rule and says why.
  [[nodiscard]] bool
  is_own_with_reason() const
  {
    return owner == MarkOwner::sluice && !reason.empty();
  }
};

/// A comment that covers everything that a finding is at one path.
struct MarkedPath
{
  std::string path;  ///< empty: of what is in no file (messages)
  InlineAllow allow;
  auto operator<=>(const MarkedPath&) const = default;
};

/// What one change took away at a path and put at another, so that whoever accepted it there accepts it here.
struct Move
{
  std::string from, to;
  bool is_pending = false;  ///< the next commit will do it, until then it is at both
  auto operator<=>(const Move&) const = default;
};

/// What a gate's own policy says of a finding, where severity alone does not say it.
struct OwnRuling
{
  enum class Kind { fail, warn, ignore } kind = Kind::fail;
  std::string reason;              ///< a clause without a final stop
  bool whatever_severity = false;  ///< of `fail`: it does, unless nothing at all is to fail
  auto operator<=>(const OwnRuling&) const = default;
};

/// What a rule reports. All texts may quote untrusted content, which sinks escape; of secrets in them those that the
/// gate knows are replaced when it makes the finding, and every other when a Report is made of it (report.hpp).
struct Finding
{
  const RuleMeta* rule = nullptr;
  Location where;
  std::string message;                   ///< names the thing and says what will happen and to whom
  std::string help;                      ///< the fix, in the imperative
  std::string excerpt;                   ///< the line at `where`, without its newline; empty if there is none
  std::optional<Span> covered;           ///< bytes of the excerpt that the finding covers; by default what `where` says
  std::string subject;                   ///< what it is about, with a scheme: "pkg:npm/x@1", "env:prod/DB_URL",
                                         ///< "table:public.orders"; empty if the place says it all
  std::optional<Severity> severity;      ///< where the gate knows better than the rule: CVSS, known exploitation
  std::optional<Confidence> confidence;  ///< where the match tells more than the rule (a checksum that fits)
  std::vector<Identifier> identifiers;
  std::vector<RelatedPlace> related;
  std::vector<Fact> facts;
  Fingerprint fingerprint;
  std::optional<InlineAllow> inline_allow;  ///< covers every place; of several comments the one that counts least
  std::vector<MarkedPath> marked;           ///< paths that a comment covers, if the finding is at several; by path
  bool is_older = false;                    ///< the base has it as well: what is judged did not bring it
  std::vector<Move> moves;                  ///< of what is found, oldest first
  std::vector<std::string> unlisted;        ///< paths at which it is as well and which `related` has no room for
  std::uint64_t places_left_out = 0;        ///< further places that `related` does not have
  std::optional<OwnRuling> ruling;          ///< `fail` fails what is as severe as the run asks for, or says otherwise

  /// The rule's unless the gate knows better.
  [[nodiscard]] Severity own_severity() const;
  [[nodiscard]] Confidence own_confidence() const;
  /// Bytes of the excerpt that the finding covers, within it; empty if it has no column on this line.
  [[nodiscard]] Span covered_bytes() const;
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
  /// Whether all counts are zero.
  [[nodiscard]] bool is_empty() const;
};

/// Why a gate examined nothing.
struct Absence
{
  enum class Kind {
    nothing_to_do,  ///< there is work of its kind, and none of it is in what is judged
    no_subject,     ///< the repository holds nothing of its kind
  } kind = Kind::nothing_to_do;
  std::string reason;  ///< a sentence without a final stop
};

template<> struct EnumNames<Absence::Kind>
{
  static constexpr std::array<std::string_view, 2> names{"nothing-to-do", "no-subject"};
};

/// What a gate looked at: what the event or the request brings, so that whatever that lacks is a gap of the run, or
/// files that were asked for by themselves (those on disk, the index, one text), for which no commit matters.
enum class Basis { range, files };

/// How much of a repository a gate looked at, so that what it did not find is known not to be there.
enum class Extent { part, whole };

/// What a gate returns.
struct Findings
{
  std::vector<Finding> found;
  std::vector<Gap> gaps;
  Coverage coverage;
  std::vector<Section> sections;
  std::vector<std::string> notices;  ///< what the reader should know and need not act on; sentences
  std::optional<Absence> absence;    ///< must be there if the coverage is empty and no gap says why
  Basis basis = Basis::range;
  Extent extent = Extent::part;
  std::vector<std::string> excluded;  ///< globs of paths that were left out of it
};

}  // namespace sluice
