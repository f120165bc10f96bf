// SPDX-License-Identifier: Apache-2.0
#include "promote/gate.hpp"

#include "gate/range_outcome.hpp"
#include "promote/check.hpp"
#include "promote/check_listing.hpp"
#include "promote/commands/commands.hpp"
#include "promote/pipeline.hpp"
#include "promote/probe_ids.hpp"
#include "promote/probe_listing.hpp"
#include "promote/rule.hpp"

#include <array>

namespace sluice::promote {

namespace {

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
run(const PromoteOptions& options, const gate::Input& input)
{
  if (auto outcome = gate::range_outcome(input.range)) {
    return *std::move(outcome);
  }
  TRY_ASSIGN(const Pipeline pipeline, load_pipeline(options, input));
  Findings findings;
  findings.basis = Basis::files;
  findings.extent = Extent::whole;
  findings.coverage = {pipeline.is_from_file ? "the pipeline in promotion.yml" : "the pipeline in .sluice.yml",
                       {{pipeline.options.environments.size(), "environments"}}};
  if (pipeline.options.environments.empty()) {
    findings.absence = Absence{Absence::Kind::no_subject, "there is no promotion pipeline"};
  }
  for (const auto& [name, stage] : pipeline.options.environments) {
    for (const Rule* rule : rules()) {
      if (input.rules.applies(rule->meta)) {
        rule->check(*rule, {pipeline.options, name, stage}, findings.found);
      }
    }
  }
  return findings;
}

const gate::Type&
type()
{
  static const std::array<gate::Kind, 3> kinds{
      {{"checks", check_ids(), check_listing}, {"probes", probe_ids(), probe_listing}, {"rules", rule_ids()}}};
  static const gate::Type type{.face = &face(),
                               .rules = rule_metas(),
                               .run = gate::run_with<PromoteOptions, run>,
                               .make_http = net::make_client,
                               .commands = commands(),
                               .kinds = kinds};
  return type;
}

}  // namespace sluice::promote
