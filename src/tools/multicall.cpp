// SPDX-License-Identifier: Apache-2.0
#include "cli/gate_main.hpp"
#include "cli/sluice.hpp"
#include "finding/executable.hpp"
#include "gate/registry.hpp"

#include <string_view>

/// All tools in one executable, as the image has them: it is the one whose name it is called by.
int
main(int argc, char** argv)
{
  const std::string_view path = argc > 0 ? argv[0] : "";
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (const sluice::gate::Type* type : sluice::gate::types()) {
    if (name == sluice::executable_name(type->face->info.name)) {
      return sluice::cli::gate_main(*type, argc, argv);
    }
  }
  return sluice::cli::run_sluice(sluice::gate::faces(), sluice::cli::this_process(argc, argv));
}
