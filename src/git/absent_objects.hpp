// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/gap.hpp"
#include "git/object_store.hpp"
#include "git/repository.hpp"

#include <set>
#include <vector>

namespace sluice::git {

/// Objects that a repository names and does not have. It is told of them by a walk over the whole store, so that they
/// cost no walk of their own.
class AbsentObjects
{
public:
  /// `threads`: of the walk.
  AbsentObjects(const Repository& repository, unsigned threads);

  /// Takes note of what a commit, tree or tag names, the parents of a shallow boundary excepted. Each thread may call
  /// it with its own number. Of a delta only what its base does not hold is looked at.
  void see(const ObjectView& object, unsigned thread);

  /// One gap of kind missing_object for each that something reachable names (what only
  /// garbage names git may have pruned rightly), the first twenty by name; of a partial clone a single one.
  void report(std::vector<Gap>& gaps);

private:
  void note(const ObjectId& id, unsigned thread);
  [[nodiscard]] std::set<ObjectId> needed(const std::set<ObjectId>& absent) const;

  const Repository& repository_;
  std::vector<std::set<ObjectId>> absent_;  ///< by thread
};

}  // namespace sluice::git
