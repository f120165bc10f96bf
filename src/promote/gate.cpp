// SPDX-License-Identifier: Apache-2.0
#include "promote/gate.hpp"

#include "gate/file_tree.hpp"
#include "gate/range_outcome.hpp"
#include "promote/check.hpp"
#include "promote/commands/commands.hpp"
#include "promote/evidence/check_listing.hpp"
#include "promote/pipeline.hpp"
#include "promote/probe/probe_ids.hpp"
#include "promote/probe/probe_listing.hpp"
#include "promote/rule.hpp"

#include <array>

namespace sluice::promote {

namespace {

std::string
starter(const gate::FileTree& tree)
{
  return tree.is_file(pipeline_file)
             ? "# promote: the pipeline is in promotion.yml\n"
             : "# There is no pipeline of promotions yet; `sluice promote init` writes promotion.yml.\n";
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
  findings.coverage = {pipeline.is_from_file ? "the pipeline in promotion.yml" : "the pipeline",
                       {{pipeline.options.environments.size(), "environments"}}};
  if (pipeline.options.environments.empty()) {
    findings.absence =
        Absence{Absence::Kind::no_subject, "there is no promotion pipeline: `sluice promote init` writes one"};
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
                               .rules = gate::metas_of<rules>(),
                               .run = gate::run_with<PromoteOptions, run>,
                               .make_http = net::make_client,
                               .commands = commands(),
                               .kinds = kinds,
                               .starter = starter};
  return type;
}

}  // namespace sluice::promote
