// SPDX-License-Identifier: Apache-2.0
#include "cli/sluice.hpp"

#include "migrations/gate.hpp"
#include "secrets/gate.hpp"

int
main(int argc, char** argv)
{
  using sluice::cli::gate_type;
  const std::array gates{gate_type<sluice::migrations::MigrationsGate>(), gate_type<sluice::secrets::SecretsGate>()};
  return sluice::cli::run_sluice(gates, sluice::cli::this_process(argc, argv));
}
