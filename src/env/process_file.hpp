// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"
#include "env/survey.hpp"

namespace sluice::env {

/// The environment of this process as a dotenv file without a path, so that every rule can judge it: of it the
/// variables that schemas want or the repository reads.
[[nodiscard]] DotenvFile process_file(const Survey& survey, const Environment& process);

/// A survey of the process alone: its schemas and what is read are those of `project`, its one environment has the name
/// `environment`, or that of the variable in which the schema keeps it, or of APP_ENV, NODE_ENV or RAILS_ENV.
[[nodiscard]] std::unique_ptr<const Survey> process_survey(const Survey& project, const Environment& process,
                                                           std::string_view environment);

}  // namespace sluice::env
