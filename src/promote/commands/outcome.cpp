// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/outcome.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace sluice::promote {

gate::CommandOutcome
outcome_of(const Ending& ending, const Session& session, const std::string& environment)
{
  std::string text = fmt::format("{}: {}{}{}\n", environment, ending.what, ending.why.empty() ? "" : ": ", ending.why);
  for (const std::string_view line : lines_of(ending.fix)) {
    text += fmt::format("  fix: {}\n", line);
  }
  const auto& live = session.ledger.state().of(environment).live;
  text += fmt::format("  live: {}\n", live ? live->commit : "nothing");
  return {.output = std::move(text), .verdict = ending.verdict};
}

}  // namespace sluice::promote
