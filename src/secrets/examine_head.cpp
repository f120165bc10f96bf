// SPDX-License-Identifier: Apache-2.0
//
// The commits of a range tell what it brings; what is used is the tree at its head. A secret there that the base's tree
// lacks came with the range, whatever way it took. One that the base's tree has is older: this change is not to blame,
// and nobody may take the tree for clean. One that the range moved is older only if the head has it at no more paths
// than the base: when both moved it, each to another path, and the change merged the base, it has copied.
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "git/history.hpp"
#include "git/object_store.hpp"
#include "secrets/displacement.hpp"
#include "secrets/examination.hpp"
#include "secrets/readings.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <set>

namespace sluice::secrets {

namespace {

/// Of the heads and of the excluded tips. One of each is what a change has; more come only of a push of many branches,
/// or to a repository with many.
constexpr std::size_t most_trees = 64;

using Paths = std::unordered_map<git::ObjectId, std::set<std::string>>;
using Held = std::unordered_map<git::ObjectId, LeakCollection>;

std::span<const git::ObjectId>
first_of(const std::vector<git::ObjectId>& commits)
{
  return std::span(commits).first(std::min(commits.size(), most_trees));
}

/// The blobs of the commits' trees by id. A secret in an excluded file is not looked at and hence nowhere "before".
Paths
paths_in(const Assignment& assignment, std::span<const git::ObjectId> commits, std::vector<Gap>& gaps)
{
  Paths paths;
  for (const git::ObjectId& commit : commits) {
    for (git::TreeFile& file : git::files_of(*assignment.input.repository, commit, gaps)) {
      if (!matches_any(assignment.exclude, file.path)) {
        paths[file.blob].insert(std::move(file.path));
      }
    }
  }
  return paths;
}

/// What each blob of `paths` holds; those without a secret are left out. An absent blob is a gap.
Held
match_blobs(const Assignment& assignment, const Paths& paths, std::vector<MatchWorker>& workers, std::vector<Gap>& gaps)
{
  const git::Repository& repository = *assignment.input.repository;
  std::vector<git::ObjectId> blobs;
  for (const auto& [blob, places] : paths) {
    blobs.push_back(blob);
  }
  std::vector<Held> held(workers.size());
  std::vector<std::vector<UnreadBlob>> unread(workers.size());
  std::atomic<std::size_t> next = 0;
  on_threads(assignment.threads, [&](unsigned thread) {
    for (std::size_t i = next++; i < blobs.size(); i = next++) {
      const git::ObjectId& blob = blobs[i];
      const auto object = repository.objects().read(blob, assignment.max_bytes());
      if (!object) {
        unread[thread].push_back({blob, object.error().message});
        continue;
      }
      LeakCollection leaks(assignment.matcher.rules());
      add_readings(object->content, workers[thread], {SourceKind::blob, blob, {}}, leaks);
      if (!leaks.empty()) {
        held[thread].emplace(blob, std::move(leaks));
      }
    }
  });
  for (std::size_t i = 0; i < workers.size(); ++i) {
    if (i > 0) {
      held.front().merge(held[i]);
      unread.front().insert(unread.front().end(), unread[i].begin(), unread[i].end());
    }
  }
  add_unread(repository, std::move(unread.front()), gaps);
  return std::move(held.front());
}

class HeadExamination
{
public:
  HeadExamination(const Assignment& assignment, std::vector<MatchWorker>& workers, Examination& result)
      : assignment_(assignment),
        workers_(workers),
        result_(result)
  {}

  void
  run()
  {
    const ci::GitRange& range = assignment_.input.range;
    paths_ = paths_in(assignment_, first_of(range.heads), result_.gaps);
    held_ = match_blobs(assignment_, paths_, workers_, result_.gaps);
    if (range.heads.size() > most_trees) {
      result_.gaps.push_back(
          {GapKind::too_many, "heads",
           fmt::format("of {} the files at the last {} were not matched, only what their commits bring",
                       counted(range.heads.size(), "head", "heads"), range.heads.size() - most_trees),
           "Push fewer branches at once"});
    }
    brought_ = result_.leaks.secrets();
    for (const git::ObjectId& base : first_of(range.excluded)) {
      if (has_unexplained()) {
        add_base(base);
      }
    }
    if (range.heads.size() == 1 && range.excluded.size() == 1) {
      drop_copied();
    }
    for (auto& [blob, leaks] : held_) {
      take(blob, std::move(leaks));
    }
  }

private:
  /// Whether a secret is at the head of which it is not known yet where it is from.
  [[nodiscard]] bool
  has_unexplained() const
  {
    return std::any_of(held_.begin(), held_.end(), [this](const auto& held) {
      const std::set<Sha256> secrets = held.second.secrets();
      return std::any_of(secrets.begin(), secrets.end(), [this](const Sha256& secret) {
        return !brought_.contains(secret) && !result_.older.contains(secret);
      });
    });
  }

  /// What is suppressed where it was, nobody was told of.
  void
  note_older(const LeakCollection& leaks, const std::set<std::string>& paths)
  {
    for (const Sha256& secret : leaks.secrets()) {
      at_base_[secret].insert(paths.begin(), paths.end());
    }
    for (const std::string& path : paths) {
      for (const Sha256& secret : told_at(assignment_, leaks, path)) {
        if (!brought_.contains(secret)) {
          result_.older.insert(secret);
          told_at_base_[secret].insert(path);
        }
      }
    }
  }

  void
  add_base(const git::ObjectId& base)
  {
    std::vector<Gap> told_by_the_range;
    Paths before = paths_in(assignment_, {&base, 1}, told_by_the_range);
    for (const auto& [blob, leaks] : held_) {
      if (const auto there = before.find(blob); there != before.end()) {
        note_older(leaks, there->second);
      }
    }
    std::erase_if(before, [this](const auto& entry) { return paths_.contains(entry.first); });
    for (const auto& [blob, leaks] : match_blobs(assignment_, before, workers_, told_by_the_range)) {
      note_older(leaks, before.at(blob));
    }
  }

  /// Of a change with one base: those of which a path that only the head has is not made up for by one that only the
  /// base has.
  void
  drop_copied()
  {
    std::map<Sha256, std::set<std::string>> at_head;
    for (const auto& [blob, leaks] : held_) {
      for (const Sha256& secret : leaks.secrets()) {
        if (result_.moves.contains(secret) && result_.older.contains(secret)) {
          at_head[secret].insert(paths_.at(blob).begin(), paths_.at(blob).end());
        }
      }
    }
    for (const auto& [secret, paths] : at_head) {
      const auto lacking = [](const std::set<std::string>& all, const std::set<std::string>& other) {
        return std::count_if(all.begin(), all.end(), [&other](const auto& path) { return !other.contains(path); });
      };
      if (lacking(paths, at_base_[secret]) > lacking(told_at_base_[secret], paths)) {
        result_.older.erase(secret);
      }
    }
  }

  void
  take(const git::ObjectId& blob, LeakCollection leaks)
  {
    leaks.forget(brought_);
    if (leaks.empty()) {
      return;
    }
    git::Attribution& places = result_.places[blob];
    places.reach = git::Reach::head;
    const std::set<std::string>& paths = paths_.at(blob);
    places.head_paths.assign(paths.begin(), paths.end());
    result_.leaks.merge(std::move(leaks));
  }

  const Assignment& assignment_;
  std::vector<MatchWorker>& workers_;
  Examination& result_;
  Paths paths_;  ///< at the head
  Held held_;    ///< by them
  std::set<Sha256> brought_;
  std::map<Sha256, std::set<std::string>> at_base_, told_at_base_;  ///< paths
};

}  // namespace

void
examine_head(const Assignment& assignment, std::vector<MatchWorker>& workers, Examination& result)
{
  if (!assignment.input.range.heads.empty()) {
    HeadExamination(assignment, workers, result).run();
  }
}

}  // namespace sluice::secrets
