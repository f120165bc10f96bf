// SPDX-License-Identifier: Apache-2.0
//
// The commits of a range tell what it brings; what is used is the tree at its head. A secret there that the base's tree
// lacks came with the range, whatever way it took. One that the base's tree has is older: this change is not to blame,
// and nobody may take the tree for clean.
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "git/history.hpp"
#include "git/object_store.hpp"
#include "secrets/examination.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <set>

namespace sluice::secrets {

namespace {

/// Of the excluded tips; one of them is the base, and more come only of a push to a repository with many branches.
constexpr std::size_t most_bases = 16;

using Paths = std::unordered_map<git::ObjectId, std::vector<std::string>>;
using Held = std::unordered_map<git::ObjectId, LeakCollection>;

/// The blobs of a commit's tree by id. A secret in an excluded file is not looked at and hence nowhere "before".
Paths
paths_in(const Assignment& assignment, const git::ObjectId& commit, std::vector<Gap>& gaps)
{
  Paths paths;
  for (git::TreeFile& file : git::files_of(*assignment.input.repository, commit, gaps)) {
    if (!matches_any(assignment.exclude, file.path)) {
      paths[file.blob].push_back(std::move(file.path));
    }
  }
  return paths;
}

/// What each blob of `paths` holds; those without a secret are left out. An absent blob is a gap.
Held
match_blobs(const Assignment& assignment, const Paths& paths, std::vector<MatchWorker>& workers, std::vector<Gap>& gaps)
{
  const git::Repository& repository = *assignment.input.repository;
  std::vector<std::pair<git::ObjectId, const std::string*>> blobs;
  for (const auto& [blob, places] : paths) {
    blobs.emplace_back(blob, &places.front());
  }
  std::vector<Held> held(workers.size());
  std::vector<std::vector<Gap>> unread(workers.size());
  std::atomic<std::size_t> next = 0;
  on_threads(assignment.threads, [&](unsigned thread) {
    for (std::size_t i = next++; i < blobs.size(); i = next++) {
      const auto& [blob, path] = blobs[i];
      const auto object = repository.objects().read(blob, assignment.max_bytes());
      if (!object) {
        unread[thread].push_back(
            git::unread_gap(repository, fmt::format("object {}", blob.hex()), object.error().message));
        continue;
      }
      LeakCollection leaks(assignment.matcher.rules());
      leaks.add(object->content, workers[thread].match(object->content), {SourceKind::blob, blob, {}});
      if (!leaks.empty()) {
        held[thread].emplace(blob, std::move(leaks));
      }
    }
  });
  for (std::size_t i = 0; i < workers.size(); ++i) {
    if (i > 0) {
      held.front().merge(held[i]);
    }
    gaps.insert(gaps.end(), unread[i].begin(), unread[i].end());
  }
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
    paths_ = paths_in(assignment_, range.heads.front(), result_.gaps);
    held_ = match_blobs(assignment_, paths_, workers_, result_.gaps);
    brought_ = result_.leaks.secrets();
    const auto bases = std::span(range.excluded).first(std::min(range.excluded.size(), most_bases));
    for (const git::ObjectId& base : bases) {
      if (has_unexplained()) {
        add_base(base);
      }
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

  void
  note_older(const LeakCollection& leaks)
  {
    for (const Sha256& secret : leaks.secrets()) {
      if (!brought_.contains(secret)) {
        result_.older.insert(secret);
      }
    }
  }

  void
  add_base(const git::ObjectId& base)
  {
    std::vector<Gap> told_by_the_range;
    Paths before = paths_in(assignment_, base, told_by_the_range);
    for (const auto& [blob, leaks] : held_) {
      if (before.contains(blob)) {
        note_older(leaks);
      }
    }
    std::erase_if(before, [this](const auto& entry) { return paths_.contains(entry.first); });
    for (const auto& [blob, leaks] : match_blobs(assignment_, before, workers_, told_by_the_range)) {
      note_older(leaks);
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
    places.head_paths = paths_.at(blob);
    std::sort(places.head_paths.begin(), places.head_paths.end());
    result_.leaks.merge(std::move(leaks));
  }

  const Assignment& assignment_;
  std::vector<MatchWorker>& workers_;
  Examination& result_;
  Paths paths_;  ///< at the head
  Held held_;    ///< by them
  std::set<Sha256> brought_;
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
