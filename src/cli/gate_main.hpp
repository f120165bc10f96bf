// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/gate_run.hpp"

#include <malloc.h>

namespace sluice::cli {

/// `main` of a gate's executable.
inline int
gate_main(const gate::Type& type, int argc, char** argv)
{
  // A run is short: memory that is free again is used again, and neither given back nor fetched anew page by page.
  constexpr int most = 32 << 20;
  ::mallopt(M_MMAP_THRESHOLD, most);
  ::mallopt(M_TRIM_THRESHOLD, 4 * most);
  return run_gate(type, this_process(argc, argv));
}

}  // namespace sluice::cli
