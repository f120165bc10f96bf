// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"
#include "ci/git_range.hpp"
#include "finding/policy.hpp"
#include "gate/rule_set.hpp"
#include "gate/services.hpp"
#include "git/repository.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace sluice::gate {

class FileTree;

/// The files of a repository that decide what fails, from the root of the work tree: of a change under test those of
/// the branch that it goes to, as of its configuration (cli/policy_file.hpp says why).
struct PolicyFiles
{
  std::shared_ptr<const FileTree> tree;  ///< null: nobody's count
  std::string whose;                     ///< the branch; empty: they are the checkout's
  std::string fix;                       ///< of a null tree: what makes it known; one or two lines
};

/// Counts what was examined, for the progress line of whoever waits.
struct Progress
{
  std::atomic<std::uint64_t> done{0};
  std::atomic<std::uint64_t> total{0};  ///< 0: not known
};

/// What a gate is told about its run; the rest it has from its own options. A gate returns `Result<Findings>`: an Error
/// only if it could not do the job at all, a Gap for each thing it could not examine.
struct Input
{
  std::filesystem::path directory;              ///< --repo, absolute
  const git::Repository* repository = nullptr;  ///< null if the directory is in none
  Gap no_repository;                            ///< says so, where there is none
  ci::GitRange range;                           ///< resolved from --base, --head or the event
  Asked asked = Asked::by_name;
  RuleSet rules;
  PolicyFiles policy_files;
  Date today;
  /// What the run was told to take as its time, by --as-of or SOURCE_DATE_EPOCH. Nobody was told: nothing.
  std::optional<std::chrono::sys_seconds> told_time;
  /// Whether policy suppresses a finding: who was never told of a thing cannot have known it before.
  std::function<bool(const Finding&)> is_suppressed = [](const Finding&) { return false; };
  std::function<Result<std::string>()> read_standard_input;
  std::filesystem::path cache;  ///< where this user keeps what can be had again; empty: nowhere
  Progress* progress = nullptr;
  unsigned threads = 0;  ///< 0: one per core
  Services services;
};

}  // namespace sluice::gate
