// SPDX-License-Identifier: Apache-2.0
#include "cli/main.hpp"
#include "secrets/gate.hpp"

int
main(int argc, char** argv)
{
  return sluice::cli::gate_main<sluice::secrets::SecretsGate>(argc, argv);
}
