// SPDX-License-Identifier: Apache-2.0
#include "secrets/gate.hpp"

#include "base/parallel.hpp"
#include "credentials/matcher.hpp"
#include "credentials/template.hpp"
#include "gate/file_tree.hpp"
#include "gate/range_outcome.hpp"
#include "secrets/examination.hpp"
#include "secrets/leak_findings.hpp"
#include "secrets/starter.hpp"
#include "secrets/why.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace sluice::secrets {

namespace {

/// What a person on a laptop wants to know: is there one anywhere? In CI the work tree is what was checked out, and all
/// of it is in the history.
Result<Examination>
examine_everything(const Assignment& assignment)
{
  TRY_ASSIGN(Examination result, examine_history(assignment));
  TRY_ASSIGN(Examination uncommitted, examine_uncommitted(assignment));
  result.leaks.merge(std::move(uncommitted.leaks));
  for (const auto& [secret, moves] : uncommitted.moves) {
    auto& all = result.moves[secret];
    all.insert(all.end(), moves.begin(), moves.end());
  }
  result.gaps.insert(result.gaps.end(), uncommitted.gaps.begin(), uncommitted.gaps.end());
  if (!uncommitted.coverage.counts.empty() && uncommitted.coverage.counts.front().value != 0) {
    result.coverage.scope += ", and files that are not committed";
    result.coverage.counts.push_back(uncommitted.coverage.counts.front());
  }
  return result;
}

Result<Examination>
examine_event(const Assignment& assignment)
{
  if (assignment.input.repository == nullptr) {
    // What is here is looked at all the same: a secret in it is as real, and the history is a gap.
    TRY_ASSIGN(Examination files, examine_worktree(assignment));
    files.gaps.push_back(assignment.input.no_repository);
    return files;
  }
  switch (assignment.input.range.kind) {
  case ci::RangeKind::commits:
    return examine_range(assignment);
  case ci::RangeKind::staged:
    return examine_staged(assignment);
  default:
    return examine_everything(assignment);
  }
}

Result<Examination>
examine(const Assignment& assignment)
{
  switch (assignment.options.scope) {
  case Scope::automatic:
    return examine_event(assignment);
  case Scope::history:
    return examine_history(assignment);
  case Scope::range:
    // An event without a range of its own (a schedule) asks for everything: never for less.
    return assignment.input.repository == nullptr ? examine_range(assignment) : examine_event(assignment);
  case Scope::staged:
    return examine_staged(assignment);
  case Scope::worktree:
    return examine_worktree(assignment);
  case Scope::standard_input:
    return examine_standard_input(assignment);
  }
  return examine_event(assignment);
}

/// Several steps may stumble over the same object.
void
drop_repeated(std::vector<Gap>& gaps)
{
  std::set<std::pair<std::string, std::string>> seen;
  std::erase_if(gaps, [&seen](const Gap& gap) { return !seen.emplace(gap.subject, gap.why).second; });
}

/// Whether the scope is what the event brings, so that a range without commits leaves nothing to do.
bool
goes_by_range(Scope scope)
{
  return scope == Scope::automatic || scope == Scope::range;
}

}  // namespace

Result<Findings>
run(const SecretsOptions& options, const gate::Input& input)
{
  if (goes_by_range(options.scope) && input.repository != nullptr) {
    if (auto outcome = gate::range_outcome(input.range)) {
      return *std::move(outcome);
    }
  }
  TRY_ASSIGN(const Matcher matcher, Matcher::create(rules(), compiled_database(), wanted_of(input.rules)));
  Assignment assignment{input, options, matcher, {}, thread_count(input.threads)};
  for (const std::string& pattern : options.exclude) {
    assignment.exclude.emplace_back(pattern);
  }
  TRY_ASSIGN(Examination examination, examine(assignment));
  if (examination.leaks.overflows() != 0) {
    examination.gaps.push_back({GapKind::too_many, "number of secrets",
                                "there are more than are kept, so some are not reported",
                                "Exclude the files that are made of them"});
  }
  Findings findings;
  TRY_ASSIGN(LeakFindings leaks, findings_of(examination, matcher, assignment.exclude, input.repository));
  findings.found = std::move(leaks.found);
  if (auto timeline = leak_timeline(std::move(leaks.arrivals))) {
    findings.sections.push_back(*std::move(timeline));
  }
  findings.gaps = std::move(examination.gaps);
  drop_repeated(findings.gaps);
  findings.coverage = std::move(examination.coverage);
  findings.absence = std::move(examination.absence);
  findings.extent = examination.extent;
  findings.excluded = options.exclude;
  findings.basis = goes_by_range(options.scope) || options.scope == Scope::history ? Basis::range : Basis::files;
  if (findings.coverage.is_empty() && findings.gaps.empty() && !findings.absence) {
    const bool is_range = goes_by_range(options.scope) && input.range.kind == ci::RangeKind::commits;
    findings.absence = is_range ? Absence{Absence::Kind::nothing_to_do, input.range.reason}
                                : Absence{Absence::Kind::no_subject, "there is nothing in the repository yet"};
  }
  return findings;
}

const gate::Type&
type()
{
  static constexpr std::array<gate::Kind, 1> kinds{{{.name = "rules", .ids = {}, .room = "credentials"}}};
  static const std::array<gate::Command, 1> commands{
      {{.name = "why",
        .arguments = "RULE FILE",
        .help = "Tells what a rule decides at each place of a file that it looks at, and why.",
        .least_arguments = 2,
        .most_arguments = 2,
        .run = gate::command_with<gate::NoOptions, why>,
        .example = "why RULE FILE"}}};
  static const gate::Type type{
      .face = &face(),
      .rules = gate::metas_of<rules>(),
      .run = gate::run_with<SecretsOptions, run>,
      .commands = commands,
      .kinds = kinds,
      .expand_fixture = [](std::string_view text,
                           std::string_view rule_id) { return credentials::expand_template(text, rule_id); },
      .starter = starter};
  return type;
}

}  // namespace sluice::secrets
