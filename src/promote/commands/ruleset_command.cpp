// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/ruleset_command.hpp"

#include "promote/ruleset.hpp"

namespace sluice::promote {

Result<gate::CommandOutcome>
ruleset_command(const gate::NoOptions& /*options*/, const gate::CommandInput& input)
{
  const Json body = input.format == "gitlab" ? gitlab_protection() : github_ruleset();
  return gate::CommandOutcome{.output = body.dump(2) + "\n"};
}

}  // namespace sluice::promote
