// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ci/ci_context.hpp"
#include "finding/finding.hpp"
#include "git/repository.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::ci {

struct RemoteBranch
{
  std::string remote;  ///< "origin"
  std::string name;    ///< "main"
  git::ObjectId tip;   ///< a commit that is here
};

/// What the platform fetched, asked the way a range needs it. Names and ids that come from an event are looked up as
/// exact refs and ids, never as revision expressions.
class Clone
{
public:
  Clone(const CiContext& context, const git::Repository& repository)
      : context_(context),
        repository_(repository)
  {}

  [[nodiscard]] const git::Repository&
  repository() const
  {
    return repository_;
  }

  /// The commit that an event's id names or tags; nothing if the id is empty or not in the clone.
  [[nodiscard]] std::optional<git::ObjectId> commit(std::string_view hex) const;

  /// The tip of a branch as the origin's ref says. Another remote's branch, and one that a checkout made here, may be
  /// anybody's; a repository without remotes is its own, and so is act's copy.
  [[nodiscard]] std::optional<git::ObjectId> branch(std::string_view name) const;

  /// Whether the origin is a fork of the repository that the run is for: its branches are its owner's.
  [[nodiscard]] bool is_of_another() const;

  /// The platform's word, or origin's HEAD; empty if neither says. A usual name is no evidence: anybody who may push
  /// can make a branch of that name.
  [[nodiscard]] std::string default_branch_name() const;

  /// The default branch, if its tip is here. In act, where nobody says its name, a usual one will do.
  [[nodiscard]] std::optional<RemoteBranch> default_branch() const;

  /// The annotated tags from this object on to what it tags at last, outermost first; none if it is no tag.
  [[nodiscard]] std::vector<git::ObjectId> tag_objects(const git::ObjectId& outermost) const;

  /// refs/remotes/, without the remotes' HEADs. Errors: the refs cannot be read.
  [[nodiscard]] Result<std::vector<RemoteBranch>> remote_branches() const;

  /// The parents of the merge commit that GitHub made and checked out: target branch first, change second.
  [[nodiscard]] std::optional<std::pair<git::ObjectId, git::ObjectId>> platform_merge() const;

  /// "the base of pull request #12", whose id is `hex` (empty if only its branch is known), is not here.
  [[nodiscard]] Gap missing(std::string_view what, std::string_view hex) const;

  /// What is pushed as `ref` leads to no commit that is here: it is not here, or it is of another kind.
  [[nodiscard]] Gap no_commit(const PushedRef& ref) const;

  /// The platform names neither id nor branch of "the base of pull request".
  [[nodiscard]] Gap unnamed(std::string_view what) const;

  /// The history as a whole ends where the clone was cut.
  [[nodiscard]] Gap cut_off() const;

  /// What makes the platform fetch all of the history, in that platform's own words.
  [[nodiscard]] std::string deepen() const;

  /// What brings the tip of a branch into this clone.
  [[nodiscard]] std::string fetch_branch(std::string_view name) const;

private:
  const CiContext& context_;
  const git::Repository& repository_;
};

}  // namespace sluice::ci
