// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ci/ci_context.hpp"
#include "git/repository.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sluice::ci {

/// Whose configuration can weaken a run.
struct Trust
{
  enum class Source {
    work_tree,  ///< a person's own, or a git hook's: what is on disk counts
    tip,        ///< the file at `tip`
    absent,     ///< no file: the tip is not in this clone, or which branch it would be of is not known
  };

  Source source = Source::work_tree;
  std::optional<git::ObjectId> tip;  ///< of `work_tree`: the tip that would count for a request, if it is here
  std::string branch;                ///< "main"; empty if it is not known
  std::string fix;                   ///< of `absent`: what makes it known or fetches it; one or two lines
};

/// Globs of the branches that count as themselves, as the configuration at this commit says.
using TrustedBranches = std::function<std::vector<std::string>(const git::ObjectId& tip)>;

/// Finds the tip: of a request or merge group that of its target branch as it is now; of any other run of a CI that of
/// the default branch, or of the run's own branch if that is the default branch or a trusted one.
[[nodiscard]] Trust find_trust(const CiContext& context, const git::Repository& repository,
                               const TrustedBranches& trusted_branches);

}  // namespace sluice::ci
