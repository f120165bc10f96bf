// SPDX-License-Identifier: Apache-2.0
#include "env/gate.hpp"

namespace sluice::env {

namespace {

constexpr std::array<gate::Example, 4> examples{{
    {"sluice-env", "everything that this repository says of environment variables"},
    {"sluice-env check .env.production", "one file, with what the rest of the repository says of it"},
    {"sluice-env --store production=secrets.txt", "what `gh secret list` printed, beside it"},
    {"sluice-env usage --format json", "who reads and who declares each variable"},
}};

}  // namespace

const gate::Face&
face()
{
  static constexpr gate::Face face{
      {.name = "env",
       .question = "Is every environment completely, consistently and safely configured?",
       .description =
           "Reads each dotenv file as every program of the repository that loads it would, and reports where they "
           "differ; knows from code, scripts, containers, workflows and schemas which variables are read and which are "
           "declared; and judges the values of what is deployed. No value is ever printed, and none is evaluated.",
       .examples = examples,
       .scan = ScanType::none,
       .fixture_arguments = {},
       .fixture_note = {},
       .needs = {}},
      gate::make_options<EnvOptions>};
  return face;
}

}  // namespace sluice::env
