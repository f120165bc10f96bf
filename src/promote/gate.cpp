// SPDX-License-Identifier: Apache-2.0
#include "promote/gate.hpp"

#include "promote/check.hpp"
#include "promote/check_listing.hpp"
#include "promote/commands/commands.hpp"
#include "promote/pipeline.hpp"
#include "promote/probe_ids.hpp"
#include "promote/probe_listing.hpp"

#include <array>

namespace sluice::promote {

Result<Findings>
run(const PromoteOptions& options, const gate::Input& /*input*/)
{
  Findings findings;
  findings.basis = Basis::files;
  findings.coverage = {"the pipeline", {{options.environments.size(), "environments"}}};
  if (options.environments.empty()) {
    findings.absence = Absence{Absence::Kind::no_subject, "there is no promotion pipeline"};
  }
  return findings;
}

const gate::Type&
type()
{
  static const std::array<gate::Kind, 2> kinds{
      {{"checks", check_ids(), check_listing}, {"probes", probe_ids(), probe_listing}}};
  static const gate::Type type{.face = &face(),
                               .run = gate::run_with<PromoteOptions, run>,
                               .make_http = net::make_client,
                               .commands = commands(),
                               .kinds = kinds};
  return type;
}

}  // namespace sluice::promote
