// SPDX-License-Identifier: Apache-2.0
#include "promote/evidence.hpp"

#include "base/clock.hpp"
#include "base/shell.hpp"
#include "base/text.hpp"
#include "finding/executable.hpp"
#include "promote/change.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

/// Clocks of runners are not quite the same.
constexpr std::chrono::seconds skew{60};

FailOn
least(Severity severity)
{
  return static_cast<FailOn>(std::max(static_cast<int>(severity), static_cast<int>(FailOn::low)));
}

/// `none` fails for nothing, whatever number it has.
bool
is_strict_enough(FailOn threshold, Severity wanted)
{
  return threshold != FailOn::none && threshold <= least(wanted);
}

std::string
objection_to_outcome(const Situation& situation, const Evidence& evidence)
{
  if (evidence.verdict != Verdict::pass) {
    return fmt::format("the verdict is {}", words_of(evidence.verdict));
  }
  if (!is_strict_enough(evidence.fail_on, situation.stage.evidence_fail_on)) {
    return fmt::format("it fails for {} findings and {} is asked for",
                       evidence.fail_on == FailOn::none ? "no" : name_of(evidence.fail_on),
                       name_of(least(situation.stage.evidence_fail_on)));
  }
  return "";
}

std::string
objection_to_age(const Situation& situation, const Evidence& evidence)
{
  if (evidence.produced > situation.now + skew) {
    return fmt::format("it is of {}, which has yet to come by this clock", rfc3339(evidence.produced));
  }
  const auto oldest = situation.now - std::chrono::floor<std::chrono::seconds>(situation.stage.evidence_max_age);
  return evidence.produced < oldest
             ? fmt::format("it is of {}, and may not be older than {}", rfc3339(evidence.produced), rfc3339(oldest))
             : "";
}

std::string
objection_to_range(const Situation& situation, const Evidence& evidence)
{
  switch (evidence.breadth) {
  case Breadth::whole:
  case Breadth::files:
    return "";
  case Breadth::part:
    return fmt::format("it does not speak of all that is new ({})", printable(evidence.range));
  case Breadth::range:
    break;
  }
  const auto& live = situation.here().live;
  if (!live) {
    return fmt::format("it speaks of {} alone, and nothing is live here: all of it is new", printable(evidence.range));
  }
  const bool is_enough = !evidence.bases.empty()
                         && std::all_of(evidence.bases.begin(), evidence.bases.end(),
                                        [&](const std::string& base) { return is_in_live(situation, base); });
  return is_enough ? ""
                   : fmt::format("its range {} does not begin at or before {}, which is live",
                                 printable(evidence.range), printable(live->commit));
}

std::string
objection_to_source(const Situation& situation, const Evidence& evidence)
{
  const auto& words = situation.stage.evidence_verify;
  return words.empty() || evidence.verified_by == shell_command(words)
             ? ""
             : fmt::format("{} did not vouch for it", printable(words.front()));
}

std::string
objection(const Situation& situation, const Evidence& evidence)
{
  for (const auto ask : {objection_to_outcome, objection_to_range, objection_to_age, objection_to_source}) {
    if (std::string why = ask(situation, evidence); !why.empty()) {
      return why;
    }
  }
  return "";
}

std::string
fix_of(const Situation& situation, const std::string& gate)
{
  const auto& live = situation.here().live;
  const std::string base = live ? fmt::format(" --base {}", live->commit) : std::string();
  return fmt::format("{}{} --head {} --fail-on {} --format json=report.json\n"
                     "sluice promote evidence add report.json",
                     executable_name(gate), base, situation.commit, name_of(least(situation.stage.evidence_fail_on)));
}

std::vector<Fact>
facts_of(const Evidence& evidence)
{
  const std::string how = evidence.is_brought ? "given with this call by" : "entered by";
  std::vector<Fact> facts{{"report", "report", printable(evidence.digest)},
                          {"by", "by", fmt::format("{} {}", how, printable(evidence.actor))}};
  if (!evidence.verified_by.empty()) {
    facts.push_back({"verified-by", "verified by", printable(evidence.verified_by)});
  }
  if (evidence.risk) {
    facts.push_back({"risk", "risk", std::string(name_of(*evidence.risk))});
  }
  return facts;
}

Ruling
judge_gate(const Situation& situation, const std::string& gate)
{
  const auto evidence = newest_evidence(situation, gate);
  if (!evidence) {
    return {.subject = gate,
            .answer = Answer::no,
            .why = fmt::format("there is no report of {} for {}", gate, situation.commit),
            .fix = fix_of(situation, gate)};
  }
  Ruling ruling{.subject = gate, .facts = facts_of(*evidence)};
  const std::string why = objection(situation, *evidence);
  if (!why.empty()) {
    ruling.answer = Answer::no;
    ruling.why = fmt::format("the report of {} does not count: {}", gate, why);
    ruling.fix = fix_of(situation, gate);
    return ruling;
  }
  ruling.why = fmt::format("{} passed at {} ({})", gate, rfc3339(evidence->produced), printable(evidence->range));
  return ruling;
}

std::vector<Ruling>
judge(const Situation& situation)
{
  std::vector<Ruling> rulings;
  for (const std::string& gate : situation.stage.evidence) {
    rulings.push_back(judge_gate(situation, gate));
  }
  return rulings;
}

}  // namespace

extern const Check check_evidence{
    .id = "evidence",
    .topic = Topic::evidence,
    .title = "judged by the other gates",
    .doc = "Each gate of `evidence` must have passed for the very commit: not incomplete, with a threshold no weaker "
           "than `evidence_fail_on`, over all that is new since the release that is live, not longer ago than "
           "`evidence_max_age` and not in the future. The newest report counts. It comes from the gate's own job "
           "(`sluice promote evidence add`) or is vouched for by the command of `evidence_verify`; one that is given "
           "with the call is told as such.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
