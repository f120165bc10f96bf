// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/gate_run.hpp"

namespace sluice::cli {

/// `main` of a gate's executable.
template<typename T>
int
gate_main(int argc, char** argv)
{
  return run_gate(gate_type<T>(), this_process(argc, argv));
}

}  // namespace sluice::cli
