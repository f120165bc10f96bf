// SPDX-License-Identifier: Apache-2.0
#include "env/disk_survey.hpp"

#include "env/given_files.hpp"

namespace sluice::env {

Result<DiskSurvey>
survey_disk(const gate::CommandInput& input, std::vector<std::string> dotenv)
{
  const auto& options = gate::values_of<EnvOptions>(input.gate_options);
  gate::Input on_disk = input.input;
  on_disk.range = {};
  on_disk.range.kind = ci::RangeKind::history;
  DiskSurvey result;
  result.tree = gate::change_tree(on_disk, result.gaps);
  TRY_ASSIGN(GivenFiles given, given_files(options, input.directory));
  TRY_ASSIGN(result.survey, survey({options, *result.tree.after, result.tree.prefix, input.input.repository != nullptr,
                                    input.input.today, input.input.threads, std::move(given.stores),
                                    std::move(given.fingerprints), std::move(dotenv)}));
  return result;
}

}  // namespace sluice::env
