// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/acceptance.hpp"
#include "finding/finding.hpp"
#include "finding/redactor.hpp"
#include "finding/verdict.hpp"

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sluice {

/// What policy made of a finding.
enum class Disposition {
  active,
  warned,  ///< the gate's own policy says to warn: everybody is told, and nothing fails
  below_threshold,
  baselined,
  suppressed,
  older,  ///< not brought by what is judged; fails where everything is
};

template<> struct EnumNames<Disposition>
{
  static constexpr std::array<std::string_view, 6> names{"active",    "warned",     "below-threshold",
                                                         "baselined", "suppressed", "older"};
};

struct Judged
{
  Finding finding;
  Severity severity = Severity::info;  ///< after remapping
  Disposition disposition = Disposition::active;
  std::string reason;  ///< why this disposition, a clause without a final stop
};

struct JudgedGap
{
  Gap gap;
  bool accepted = false;
  std::string reason;  ///< of the acceptance, or why an acceptance no longer counts
};

/// Of which commits a report speaks, so that who relies on it knows whether that is enough.
enum class Breadth {
  part,   ///< of less than what follows, or nobody knows: what is staged, a range that could not be found
  files,  ///< files of `head` as they are, not of what was before
  range,  ///< of what `head` has and none of `bases`
  whole,  ///< of all that `head` has
};

template<> struct EnumNames<Breadth>
{
  static constexpr std::array<std::string_view, 4> names{"part", "files", "range", "whole"};
};

/// Where the run took place, for links and for reproducing it.
struct RunContext
{
  std::string repository_url;  ///< "https://github.com/owner/name", no trailing slash; empty if not known
  std::string platform;        ///< "github", "gitlab", … or "shell"
  std::string head;            ///< commit under test, for permalinks; empty if none
  std::string range;           ///< "1a2b3c4d..5e6f7a8b", "whole history", …
  std::string range_reason;    ///< why this range
  std::string reproduce;       ///< command that repeats the run on a laptop
  Acceptance acceptance;       ///< how findings of it can be accepted
  Breadth breadth = Breadth::part;
  std::vector<std::string> bases;  ///< commits that a range leaves out with all before them, hexadecimal, in full
};

/// A rule that a report refers to but that lives in no registry (a report read from JSON).
struct OwnedRule
{
  std::string id, title, since, tool;
  std::string what, why, instead, known_problems;
  std::vector<std::string> references, tags;
  std::vector<std::string_view> reference_views, tag_views;
  RuleMeta meta;

  /// Points `meta` at the texts above; to be called when they and the object's address stay.
  void bind();
};

/// What kind of security scan a gate is, in the words that report formats share.
enum class ScanType { none, secret_detection, dependency_scanning, sast };

template<> struct EnumNames<ScanType>
{
  static constexpr std::array<std::string_view, 4> names{"none", "secret-detection", "dependency-scanning", "sast"};
};

/// Why a gate could not do its job, or not finish it.
struct RunFailure
{
  Verdict verdict = Verdict::unable;  ///< or `unavailable`
  std::string message;                ///< "what: why", may hold several lines
};

/// The outcome of one gate that was asked for, with texts as they were met: they may hold secrets.
struct RawReport
{
  std::string tool;  ///< "secrets"; `executable_name` is what it is called
  std::string version;
  ScanType scan = ScanType::none;
  std::vector<Judged> judged;  ///< most severe first, then by path, position, rule
  std::vector<JudgedGap> gaps;
  Coverage coverage;
  std::optional<Absence> absence;
  std::vector<Section> sections;
  std::optional<RunFailure> failure;
  Verdict verdict = Verdict::pass;
  FailOn fail_on = FailOn::low;
  std::vector<std::string> notices;  ///< unused suppressions, ignored configuration, …; sentences
  /// Places of `allow` entries without a rule that cover nothing here; see unused_allowances().
  std::vector<std::string> unused_allowances;
  RunContext context;
  std::chrono::system_clock::time_point started;
  std::chrono::milliseconds duration{0};
  std::vector<const RuleMeta*> rules;                  ///< every rule that was applied, by id
  std::shared_ptr<std::deque<OwnedRule>> owned_rules;  ///< keeps `rule` pointers of a report read from JSON alive

  /// The report of a gate that could not run.
  [[nodiscard]] static RawReport of_failure(std::string tool, const Error& error);
  /// Notes that the gate could not finish its job; what it found stays.
  void fail_with(const Error& error);
};

/// The same as it may be shown, from which every sink renders. There is no other way to one than through a redactor.
class Report : public RawReport
{
public:
  Report(RawReport raw, const Redactor& redactor);
  /// One more notice, redacted as the others.
  void add_notice(std::string_view notice, const Redactor& redactor);
};

/// What the report's own failure, findings, gaps and absence make it: `unable`, `fail`, `unavailable`, `incomplete`,
/// `not_applicable`, `pass`, the first that holds.
[[nodiscard]] Verdict verdict_of(const RawReport& report);

/// Places of `allow` entries that every report lists: an entry without a rule is unused only if no gate has use for it.
/// A gate that did not judge (see RawReport::of_failure) lists none, and then nobody knows.
[[nodiscard]] std::vector<std::string> unused_allowances(std::span<const Report> reports);

/// The one verdict over all reports.
[[nodiscard]] Verdict merged_verdict(std::span<const Report> reports);

}  // namespace sluice
