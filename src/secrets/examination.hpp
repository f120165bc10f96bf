// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/glob.hpp"
#include "base/result.hpp"
#include "gate/input.hpp"
#include "git/history.hpp"
#include "secrets/leaks.hpp"
#include "secrets/options.hpp"
#include "secrets/vocabulary.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace sluice::secrets {

/// What every scope is given.
struct Assignment
{
  const gate::Input& input;
  const SecretsOptions& options;
  const Matcher& matcher;
  std::vector<Glob> exclude;
  unsigned threads = 1;

  [[nodiscard]] std::uint64_t
  max_bytes() const
  {
    return static_cast<std::uint64_t>(options.max_file_size) << 20U;
  }
};

/// What every scope brings back.
struct Examination
{
  explicit Examination(std::span<const Rule> rules)
      : leaks(rules)
  {}

  LeakCollection leaks;
  std::unordered_map<git::ObjectId, git::Attribution> places;  ///< of the blobs in `leaks`
  std::map<Sha256, std::vector<Move>> moves;                   ///< of secrets from path to path, oldest first
  std::optional<git::ObjectId> head;  ///< the commit that `places` call HEAD, where commits were examined
  std::vector<Gap> gaps;
  Coverage coverage;
  std::optional<Absence> absence;
  std::set<Sha256> older;  ///< identities of those in `leaks` that the base's tree has, and this range did not bring
  Extent extent = Extent::part;
};

/// Every object of the repository.
[[nodiscard]] Result<Examination> examine_history(const Assignment& assignment);

/// What the commits of `input.range` bring: blobs that no parent has, and messages. A secret that the same commit moves
/// is not new (displacement.hpp).
[[nodiscard]] Result<Examination> examine_range(const Assignment& assignment);

/// Adds what else the trees at the heads of `input.range` hold to the examination of that range.
void examine_head(const Assignment& assignment, std::vector<MatchWorker>& workers, Examination& result);

/// The index against HEAD. A secret that HEAD has at the same path, or that the next commit moves, is not new.
[[nodiscard]] Result<Examination> examine_staged(const Assignment& assignment);

/// Files on disk, tracked or not ignored; without a repository every file below the directory.
[[nodiscard]] Result<Examination> examine_worktree(const Assignment& assignment);

/// What is on disk or staged and in no object of the repository: the part of a laptop's checkout that
/// `examine_history` cannot see.
[[nodiscard]] Result<Examination> examine_uncommitted(const Assignment& assignment);

[[nodiscard]] Result<Examination> examine_standard_input(const Assignment& assignment);

/// One worker per thread.
[[nodiscard]] Result<std::vector<MatchWorker>> make_workers(const Assignment& assignment);

[[nodiscard]] Gap lfs_gap(std::uint64_t pointers);

/// A file of the repository that could not be read; `why` is ObjectStore::read's message.
struct UnreadBlob
{
  git::ObjectId id;
  std::string why;
  auto operator<=>(const UnreadBlob&) const = default;
};
/// A partial clone lacks a hundred thousand: the first twenty become gaps of their own and the rest one.
void add_unread(const git::Repository& repository, std::vector<UnreadBlob> unread, std::vector<Gap>& gaps);

/// Of a scope that needs one: the gap that says so.
[[nodiscard]] Examination without_repository(const Assignment& assignment);

}  // namespace sluice::secrets
