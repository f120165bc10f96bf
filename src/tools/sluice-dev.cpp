// SPDX-License-Identifier: Apache-2.0
#include "dev/generate.hpp"
#include "gate/registry.hpp"

int
main(int argc, char** argv)
{
  return sluice::dev::run_dev(sluice::gate::types(), sluice::cli::this_process(argc, argv));
}
