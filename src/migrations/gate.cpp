// SPDX-License-Identifier: Apache-2.0
#include "migrations/gate.hpp"

#include "gate/range_outcome.hpp"
#include "migrations/change_set.hpp"
#include "migrations/framework_listing.hpp"
#include "migrations/replay.hpp"
#include "migrations/rule.hpp"
#include "migrations/starter.hpp"
#include "migrations/why.hpp"

#include <algorithm>
#include <iterator>

namespace sluice::migrations {

namespace {

std::vector<const Rule*>
wanted_rules(const gate::RuleSet& wanted)
{
  std::vector<const Rule*> chosen;
  std::copy_if(rules().begin(), rules().end(), std::back_inserter(chosen),
               [&wanted](const Rule* rule) { return wanted.applies(rule->meta); });
  return chosen;
}

void
append(std::vector<Gap>& all, const std::vector<Gap>& more)
{
  all.insert(all.end(), more.begin(), more.end());
}

/// The range that the scope asks for, where it is not the event's.
ci::GitRange
range_of(const MigrationsOptions& options, const gate::Input& input)
{
  ci::GitRange range;
  switch (options.scope) {
  case Scope::automatic:
  case Scope::range:
    return input.range;
  case Scope::staged:
    range.kind = ci::RangeKind::staged;
    break;
  case Scope::history:
  case Scope::worktree:
    range.kind = ci::RangeKind::history;
    break;
  }
  return range;
}

Result<Findings>
run_scope(const MigrationsOptions& options, const gate::Input& input)
{
  if (input.range.kind == ci::RangeKind::staged && input.repository == nullptr) {
    Findings nothing;
    nothing.coverage.scope = "nothing: there is no repository";
    nothing.gaps.push_back(input.no_repository);
    return nothing;
  }
  if (auto outcome = gate::range_outcome(input.range)) {
    return *std::move(outcome);
  }
  TRY_ASSIGN(const ChangeSet set, load_change_set(options, input));
  Findings findings;
  if (set.framework != nullptr) {
    findings = replay(set, options, wanted_rules(input.rules));
  }
  findings.coverage.scope = set.scope;
  findings.absence = set.absence;
  append(findings.gaps, set.gaps);
  // What a clone lacks of its history matters only where the past decides which files are new.
  if (input.range.kind == ci::RangeKind::commits && !input.range.excluded.empty()) {
    append(findings.gaps, input.range.gaps);
  }
  return findings;
}

}  // namespace

Result<Findings>
run(const MigrationsOptions& options, const gate::Input& input)
{
  const bool is_event = options.scope == Scope::automatic || options.scope == Scope::range;
  gate::Input scoped = input;
  scoped.range = range_of(options, input);
  TRY_ASSIGN(Findings findings, run_scope(options, scoped));
  findings.basis = is_event ? Basis::range : Basis::files;
  const bool is_whole = scoped.range.kind == ci::RangeKind::history && options.paths.empty();
  findings.extent = is_whole ? Extent::whole : Extent::part;
  findings.excluded = options.exclude;
  return findings;
}

const gate::Type&
type()
{
  static const std::array<gate::Command, 1> commands{
      {{.name = "why",
        .arguments = "RULE FILE",
        .help = "Tells at each statement of a file what a rule decides, and why.",
        .least_arguments = 2,
        .most_arguments = 2,
        .run = gate::command_with<gate::NoOptions, why>,
        .example = "why RULE FILE"}}};
  static const std::array<gate::Kind, 2> kinds{
      {{"frameworks", framework_ids(), framework_listing}, {"rules", rule_ids()}}};
  static const gate::Type type{.face = &face(),
                               .rules = gate::metas_of<rules>(),
                               .run = gate::run_with<MigrationsOptions, run>,
                               .commands = commands,
                               .kinds = kinds,
                               .starter = starter};
  return type;
}

}  // namespace sluice::migrations
