// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"

#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace sluice {

/// What policy made of a finding.
enum class Disposition { active, below_threshold, baselined, suppressed };

template<> struct EnumNames<Disposition>
{
  static constexpr std::array<std::string_view, 4> names{"active", "below-threshold", "baselined", "suppressed"};
};

enum class Verdict { pass, fail, incomplete };

template<> struct EnumNames<Verdict>
{
  static constexpr std::array<std::string_view, 3> names{"pass", "fail", "incomplete"};
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

/// Where the run took place, for links and for reproducing it.
struct RunContext
{
  std::string repository_url;  ///< "https://github.com/owner/name", no trailing slash; empty if not known
  std::string platform;        ///< "github", "gitlab", … or "shell"
  std::string head;            ///< commit under test, for permalinks; empty if none
  std::string range;           ///< "1a2b3c4d..5e6f7a8b", "whole history", …
  std::string range_reason;    ///< why this range
  std::string reproduce;       ///< command that repeats the run on a laptop
};

/// Rules that a report refers to but that live in no registry (a report read from JSON).
struct OwnedRule
{
  std::string id, title, since, doc, tool;
  std::vector<std::string> tags;
  std::vector<std::string_view> tag_views;
  RuleMeta meta;
};

/// The outcome of one gate, from which every sink renders.
struct Report
{
  std::string tool;  ///< "secrets"; executable is "sluice-" + tool
  std::string version;
  std::vector<Judged> judged;  ///< most severe first, then by path, position, rule
  std::vector<JudgedGap> gaps;
  Coverage coverage;
  Verdict verdict = Verdict::pass;
  FailOn fail_on = FailOn::low;
  std::vector<std::string> notices;  ///< unused suppressions, ignored configuration, …; sentences
  RunContext context;
  std::chrono::system_clock::time_point started;
  std::chrono::milliseconds duration{0};
  std::vector<const RuleMeta*> rules;                  ///< every rule that the tool could have reported, by id
  std::shared_ptr<std::deque<OwnedRule>> owned_rules;  ///< keeps `rule` pointers of a report read from JSON alive
};

/// `fail` if a finding is active, else `incomplete` if a gap is not accepted, else `pass`.
[[nodiscard]] Verdict verdict_of(const Report& report);

/// Exit status of a judged run: 0 pass, 1 fail, 3 incomplete (DESIGN §2).
[[nodiscard]] int exit_status(Verdict verdict);

}  // namespace sluice
