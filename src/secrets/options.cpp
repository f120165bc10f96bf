// SPDX-License-Identifier: Apache-2.0
#include "secrets/options.hpp"

namespace sluice::secrets {

void
describe(SecretsOptions& options, config::OptionTable& table)
{
  using config::Trust;
  table.choice(options.scope,
               {"scope", "SCOPE",
                "What to look at: the commits that the event brings (without an event the whole history "
                "and what is not committed yet), every object of the repository, the commits of a range, "
                "what is staged, the files on disk, or standard input.",
                Trust::base_ref});
  table.list(options.exclude, {"exclude", "GLOB",
                               "Paths whose content is not looked at; a secret that is also elsewhere is still found.",
                               Trust::base_ref});
  table.number(
      options.max_file_size, 1, 512,
      {"max-file-size", "MIB", "Files and objects larger than this are reported as not examined.", Trust::base_ref});
}

}  // namespace sluice::secrets
