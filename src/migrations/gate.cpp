// SPDX-License-Identifier: Apache-2.0
#include "migrations/gate.hpp"

#include "gate/range_outcome.hpp"
#include "migrations/change_set.hpp"
#include "migrations/judge.hpp"
#include "migrations/rule.hpp"

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

std::span<const RuleMeta* const>
rule_metas()
{
  static const std::vector<const RuleMeta*> metas = [] {
    std::vector<const RuleMeta*> all;
    for (const Rule* rule : rules()) {
      all.push_back(&rule->meta);
    }
    return all;
  }();
  return metas;
}

}  // namespace

Result<Findings>
run(const MigrationsOptions& options, const gate::Input& input)
{
  if (auto outcome = gate::range_outcome(input.range)) {
    return *std::move(outcome);
  }
  TRY_ASSIGN(const ChangeSet set, load_change_set(options, input));
  Findings findings;
  if (set.framework != nullptr) {
    findings = judge(set, options, wanted_rules(input.rules));
  }
  findings.coverage.scope = set.scope;
  findings.absence = set.absence;
  append(findings.gaps, set.gaps);
  // What a clone lacks of its history matters only where the past decides which files are new.
  if (input.range.kind == ci::RangeKind::commits) {
    append(findings.gaps, input.range.gaps);
  }
  return findings;
}

const gate::Type&
type()
{
  static const gate::Type type{.face = &face(), .rules = rule_metas(), .run = gate::run_with<MigrationsOptions, run>};
  return type;
}

}  // namespace sluice::migrations
