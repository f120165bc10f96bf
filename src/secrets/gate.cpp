// SPDX-License-Identifier: Apache-2.0
#include "secrets/gate.hpp"

#include "base/text.hpp"
#include "git/parallel.hpp"
#include "secrets/examination.hpp"
#include "secrets/leak_findings.hpp"
#include "secrets/matcher.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace sluice::secrets {

namespace {

constexpr std::array<ci::GateExample, 5> examples{{
    {"sluice-secrets", "everything that is here: the whole history and what is not committed yet"},
    {"sluice-secrets --base origin/main", "what this branch adds"},
    {"sluice-secrets --scope staged", "what the next commit would add, for a pre-commit hook"},
    {"sluice-secrets --scope history --format sarif=secrets.sarif", "the whole history, as SARIF"},
    {"git diff | sluice-secrets --scope stdin", "any text"},
}};

constexpr ci::GateInfo gate_info{
    "secrets", "Does any credential hide anywhere in this repository's history?",
    "Reads every object of the repository without git, each one once and on all cores: files of every version, "
    "messages "
    "of commits and tags, stashes and what no branch has any more. Says for each credential who brought it, when and "
    "where, and whether it is still there. Never prints one.",
    examples};

Examination
nothing_to_examine(const Assignment& assignment)
{
  Examination result(assignment.matcher.rules());
  result.coverage.scope = fmt::format("nothing: {}", assignment.input.range.reason);
  return result;
}

Examination
unresolved(const Assignment& assignment)
{
  Examination result(assignment.matcher.rules());
  result.gaps = assignment.input.range.gaps;
  if (result.gaps.empty()) {
    result.gaps.push_back({"range", assignment.input.range.reason, "Fetch the whole history"});
  }
  result.coverage.scope = "nothing: the range of commits could not be found out";
  return result;
}

/// What a person on a laptop wants to know: is there one anywhere? In CI the work tree is what was checked out, and all
/// of it is in the history.
Result<Examination>
examine_everything(const Assignment& assignment)
{
  TRY_ASSIGN(Examination result, examine_history(assignment));
  TRY_ASSIGN(Examination uncommitted, examine_uncommitted(assignment));
  result.leaks.merge(std::move(uncommitted.leaks));
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
    return examine_worktree(assignment);
  }
  switch (assignment.input.range.kind) {
  case ci::RangeKind::history:
    return examine_everything(assignment);
  case ci::RangeKind::commits:
    return examine_range(assignment);
  case ci::RangeKind::nothing:
    return nothing_to_examine(assignment);
  case ci::RangeKind::unresolved:
    return unresolved(assignment);
  }
  return unresolved(assignment);
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

}  // namespace

const ci::GateInfo&
SecretsGate::info()
{
  return gate_info;
}

void
SecretsGate::describe(config::OptionTable& table)
{
  secrets::describe(options, table);
}

std::span<const RuleMeta* const>
SecretsGate::rule_metas()
{
  static const std::vector<const RuleMeta*> metas = [] {
    std::vector<const RuleMeta*> all;
    for (const Rule& rule : rules()) {
      all.push_back(&rule.meta);
    }
    return all;
  }();
  return metas;
}

Result<Findings>
SecretsGate::run(const ci::GateInput& input) const
{
  TRY_ASSIGN(const Matcher matcher, Matcher::create(rules(), compiled_database(), options.disable));
  Assignment assignment{input, options, matcher, {}, git::thread_count(input.threads)};
  for (const std::string& pattern : options.exclude) {
    assignment.exclude.emplace_back(pattern);
  }
  TRY_ASSIGN(Examination examination, examine(assignment));
  if (examination.leaks.overflows() != 0) {
    examination.gaps.push_back({"number of secrets", "there are more than are kept, so some are not reported",
                                "Exclude the files that are made of them"});
  }
  Findings findings;
  TRY_ASSIGN(findings.found, findings_of(examination, matcher, assignment.exclude, input.repository));
  findings.gaps = std::move(examination.gaps);
  drop_repeated(findings.gaps);
  findings.coverage = std::move(examination.coverage);
  return findings;
}

}  // namespace sluice::secrets
