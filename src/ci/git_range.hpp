// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "ci/ci_context.hpp"
#include "finding/finding.hpp"
#include "git/object_id.hpp"
#include "git/repository.hpp"

#include <string>
#include <vector>

namespace sluice::ci {

enum class RangeKind {
  history,     ///< everything that the repository holds
  commits,     ///< what `heads` reach and `excluded` do not
  staged,      ///< what the next commit will bring: the index against HEAD
  nothing,     ///< a deleted ref: there is nothing to look at, and that is fine
  unresolved,  ///< what should be examined is not here; `gaps` says why
};

/// Which commits a run must look at.
struct GitRange
{
  RangeKind kind = RangeKind::history;
  std::vector<git::ObjectId> heads;
  std::vector<git::ObjectId> excluded;  ///< the first, if any, is the text to compare with: the fork point or the
                                        ///< commit that was there before (of a pre-push: what the remote has)
  std::vector<git::ObjectId> tags;      ///< annotated tag objects that the range brings, outermost first; their text is
                                        ///< examined
  std::string text;       ///< "1a2b3c4d..5e6f7a8b (3 commits)", "1a2b3c4d and all before (3 commits)", "whole history"
  std::string reason;     ///< why this range: "pull request #12: 3 commits that its head has and main has not"
  std::vector<Gap> gaps;  ///< shallow boundary inside the range, base or head missing, objects missing
  std::uint64_t commits = 0;  ///< of `commits`: how many, merges included
  /// Its heads are what will be elsewhere or what a person named: what they hold counts, whatever lies on the disk.
  bool is_committed = false;
};

/// That there is no repository, `why` (a clause), and how this platform gets one.
[[nodiscard]] Gap no_repository(const CiContext& context, std::string_view why);

/// What is found where a repository should be.
enum class Presence {
  nothing,   ///< a plain directory
  unusable,  ///< one that cannot be opened
};

/// The range of a run without repository: the files on disk in a plain directory of a plain shell, else `unresolved`
/// with the gap, for an event speaks of commits.
[[nodiscard]] GitRange range_without_repository(const CiContext& context, Gap gap, Presence presence);

/// What a person asked for with --base and --head; empty where they did not. Each is a revision, or several with blanks
/// between; the ids of tag objects bring their texts along.
struct RangeRequest
{
  std::string base, head;
  bool is_trusted_branch = false;  ///< the run's branch counts as itself, so that each of its pushes has been judged
};

/// Resolves the range for the event (field facts: GitHub's and GitLab's documentation of webhook payloads and
/// predefined variables). Errors only where the request itself is wrong (--base names no commit: ErrorKind::usage);
/// whatever the checkout lacks is a gap with its two-line fix. A range that a person asked for and that holds no commit
/// is unresolved: nothing was looked at.
[[nodiscard]] Result<GitRange> resolve_range(const CiContext& context, const git::Repository& repository,
                                             const RangeRequest& request);

}  // namespace sluice::ci
