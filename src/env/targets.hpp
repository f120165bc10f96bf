// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/survey.hpp"

namespace sluice::env {

/// Puts the dotenv files of a survey together into environments: those that settings name, and for the rest one for
/// each name in each directory, over the files that hold for all of them. Adds what stores list.
/// Errors (ErrorKind::input): the text of a store is no listing.
[[nodiscard]] Result<std::vector<Target>> targets_of(const Survey& survey, const std::vector<GivenStore>& stores);

}  // namespace sluice::env
