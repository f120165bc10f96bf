// SPDX-License-Identifier: Apache-2.0
#include "promote/gate.hpp"

namespace sluice::promote {

namespace {

constexpr std::array<gate::Example, 4> examples{{
    {"sluice-promote plan --environment production", "what would happen, and which gate would stop it now"},
    {"sluice-promote run --environment production", "promote this commit"},
    {"sluice-promote status", "what is live where"},
    {"sluice-promote rollback --environment production --reason \"errors in checkout\"",
     "back to the release before it"},
}};

}  // namespace

const gate::Face&
face()
{
  static constexpr gate::Face face{
      {.name = "promote",
       .question = "May this change move to the next environment, and did it get there healthy?",
       .description =
           "Promotes a commit from one environment to the next: judges every gate, takes and proves a backup, "
           "migrates, deploys, watches the release, and confirms it or rolls it back. What it does is in a ledger "
           "that several runners share and nobody can rewrite unseen; a run that was killed is resumed and repeats "
           "nothing.",
       .examples = examples,
       .scan = ScanType::none,
       .fixture_arguments = {},
       .fixture_note = {},
       .needs = {},
       .kept = {},
       .programs_get = gate::step_variables},
      gate::make_options<PromoteOptions>};
  return face;
}

}  // namespace sluice::promote
