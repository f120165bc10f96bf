// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"
#include "git/repository.hpp"
#include "secrets/examination.hpp"
#include "secrets/leak_timeline.hpp"

#include <vector>

namespace sluice::secrets {

struct LeakFindings
{
  std::vector<Finding> found;
  std::vector<Arrival> arrivals;  ///< one for each of `found`
};

/// One finding per secret: shown where it is now, else where it came from, with every other place beside it. Takes the
/// leaks out of `examination`. Secrets that are only in paths of `exclude` are left out. `repository` may be null.
[[nodiscard]] Result<LeakFindings> findings_of(Examination& examination, const Matcher& matcher,
                                               const std::vector<Glob>& exclude, const git::Repository* repository);

}  // namespace sluice::secrets
