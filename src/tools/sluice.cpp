// SPDX-License-Identifier: Apache-2.0
#include "cli/sluice.hpp"

#include "gate/registry.hpp"

int
main(int argc, char** argv)
{
  return sluice::cli::run_sluice(sluice::gate::faces(), sluice::cli::this_process(argc, argv));
}
