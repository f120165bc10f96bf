// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/gate_run.hpp"

namespace sluice::cli {

/// `main` of a gate's executable.
inline int
gate_main(const gate::Type& type, int argc, char** argv)
{
  return run_gate(type, this_process(argc, argv));
}

}  // namespace sluice::cli
