// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/survey.hpp"
#include "gate/change_tree.hpp"
#include "gate/command.hpp"

#include <memory>
#include <string>
#include <vector>

namespace sluice::env {

/// What a command knows of the repository that it was told of: as it is on disk, whatever change is under way.
struct DiskSurvey
{
  gate::ChangeTree tree;
  std::unique_ptr<const Survey> survey;  ///< never null; refers to `tree`
  std::vector<Gap> gaps;                 ///< beside the survey's
};

/// `dotenv` are paths that are read as dotenv files whatever they are called. Errors: those of `survey` and
/// `given_files`.
[[nodiscard]] Result<DiskSurvey> survey_disk(const gate::CommandInput& input, std::vector<std::string> dotenv = {});

}  // namespace sluice::env
