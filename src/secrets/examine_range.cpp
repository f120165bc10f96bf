// SPDX-License-Identifier: Apache-2.0
//
// A change is judged by what it adds, commit by commit: a secret that one commit adds and the next removes is published
// with the branch all the same, so the difference between the two ends would not do. Each blob that a commit brings is
// matched whole (half of a pair may have been there before); a secret that stood in what the same commit replaces or
// removes was not brought by it: a file that was edited elsewhere, moved or renamed.
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "git/history.hpp"
#include "git/object_store.hpp"
#include "git/worktree.hpp"
#include "secrets/blob_id.hpp"
#include "secrets/examination.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <set>

namespace sluice::secrets {

namespace {

/// What one object holds.
struct Held
{
  explicit Held(std::span<const Rule> rules)
      : leaks(rules)
  {}
  LeakCollection leaks;
  std::vector<Sha256> secrets;
  std::string fault;  ///< why it could not be read
  std::uint64_t size = 0;
  bool lfs_pointer = false;
};

class RangeExamination
{
public:
  RangeExamination(const Assignment& assignment, std::vector<MatchWorker> workers)
      : assignment_(assignment),
        repository_(*assignment.input.repository),
        workers_(std::move(workers)),
        result_(assignment.matcher.rules())
  {}

  Examination run();

private:
  void match_introduced(const std::vector<git::Change>& changes);
  [[nodiscard]] Held match_object(const git::ObjectId& id, SourceKind kind, MatchWorker& worker) const;
  [[nodiscard]] bool excluded(const std::string& path) const;
  void examine(const git::Change& change);
  void examine_message(const git::ObjectId& id, SourceKind kind);
  [[nodiscard]] std::vector<Sha256> known_before(const git::Change& change, const git::Introduced& introduced);
  const Held& held(const git::ObjectId& blob);
  void place(const git::Change& change, const git::Introduced& introduced);
  void place_at_head(const git::Introduced& introduced);
  void report(const git::Introduced& introduced, LeakCollection leaks);
  void carry_on(const git::Introduced& introduced, const Held& held, const std::vector<Sha256>& known);
  [[nodiscard]] bool is_at_head(const git::ObjectId& blob, const std::string& path);

  const Assignment& assignment_;
  const git::Repository& repository_;
  std::vector<MatchWorker> workers_;
  Examination result_;
  std::unordered_map<git::ObjectId, Held> held_;
  std::unordered_map<git::ObjectId, std::vector<Sha256>> reported_;  ///< by blob
  std::set<Sha256> brought_;                                         ///< by the range
  std::unordered_map<std::string, std::string> head_blob_;           ///< hexadecimal, by path
  std::set<std::string> submodules_;
  std::uint64_t bytes_ = 0;
  std::uint64_t lfs_pointers_ = 0;
  std::uint64_t known_ = 0;
};

Held
RangeExamination::match_object(const git::ObjectId& id, SourceKind kind, MatchWorker& worker) const
{
  Held held(assignment_.matcher.rules());
  const auto object = repository_.objects().read(id, assignment_.max_bytes());
  if (!object) {
    held.fault = object.error().message;
    return held;
  }
  held.size = object->content.size();
  held.lfs_pointer = kind == SourceKind::blob && is_lfs_pointer(object->content);
  const Matches matches = worker.match(object->content);
  for (const Match& match : matches.found) {
    held.secrets.push_back(identity_of(match.secret.of(object->content)));
  }
  held.leaks.add(object->content, matches, {kind, id, {}});
  return held;
}

bool
RangeExamination::excluded(const std::string& path) const
{
  return matches_any(assignment_.exclude, path);
}

void
RangeExamination::match_introduced(const std::vector<git::Change>& changes)
{
  std::vector<git::ObjectId> blobs;
  for (const git::Change& change : changes) {
    submodules_.insert(change.submodules.begin(), change.submodules.end());
    for (const git::Introduced& introduced : change.introduced) {
      if (!excluded(introduced.path) && held_.try_emplace(introduced.blob, assignment_.matcher.rules()).second) {
        blobs.push_back(introduced.blob);
      }
    }
  }
  if (assignment_.input.progress != nullptr) {
    assignment_.input.progress->total = blobs.size();
  }
  std::atomic<std::size_t> next = 0;
  on_threads(assignment_.threads, [&](unsigned thread) {
    for (std::size_t i = next++; i < blobs.size(); i = next++) {
      // The map does not grow meanwhile, and every blob is one thread's.
      held_.find(blobs[i])->second = match_object(blobs[i], SourceKind::blob, workers_[thread]);
      if (assignment_.input.progress != nullptr) {
        ++assignment_.input.progress->done;
      }
    }
  });
}

const Held&
RangeExamination::held(const git::ObjectId& blob)
{
  const auto found = held_.find(blob);
  return found != held_.end()
             ? found->second
             : held_.emplace(blob, match_object(blob, SourceKind::blob, workers_.front())).first->second;
}

std::vector<Sha256>
RangeExamination::known_before(const git::Change& change, const git::Introduced& introduced)
{
  std::vector<Sha256> known;
  const auto add = [&](const git::ObjectId& blob) {
    const std::vector<Sha256>& secrets = held(blob).secrets;
    known.insert(known.end(), secrets.begin(), secrets.end());
  };
  std::for_each(introduced.replaced.begin(), introduced.replaced.end(), add);
  std::for_each(change.removed.begin(), change.removed.end(), add);
  return known;
}

bool
RangeExamination::is_at_head(const git::ObjectId& blob, const std::string& path)
{
  const auto& heads = assignment_.input.range.heads;
  if (heads.empty()) {
    return false;
  }
  const auto [entry, added] = head_blob_.try_emplace(path);
  if (added) {
    const auto content = repository_.file_at(heads.front(), path);
    if (content && *content) {
      entry->second = blob_id(**content, repository_.is_sha256() ? HashKind::sha256 : HashKind::sha1).hex();
    }
  }
  return entry->second == blob.hex();
}

void
RangeExamination::place(const git::Change& change, const git::Introduced& introduced)
{
  git::Attribution& places = result_.places[introduced.blob];
  places.occurrences.push_back({introduced.path, change.commit.id, change.commit.author, change.commit.author_time});
  places.reach = std::min(places.reach, git::Reach::ref);
  place_at_head(introduced);
}

void
RangeExamination::place_at_head(const git::Introduced& introduced)
{
  git::Attribution& places = result_.places[introduced.blob];
  const bool is_placed =
      std::find(places.head_paths.begin(), places.head_paths.end(), introduced.path) != places.head_paths.end();
  if (!is_placed && is_at_head(introduced.blob, introduced.path)) {
    places.reach = git::Reach::head;
    places.head_paths.push_back(introduced.path);
  }
}

/// The same blob may come several times; its places tell the times apart.
void
RangeExamination::report(const git::Introduced& introduced, LeakCollection leaks)
{
  std::vector<Sha256>& reported = reported_[introduced.blob];
  leaks.forget(reported);
  const std::vector<Sha256> added = leaks.secrets();
  reported.insert(reported.end(), added.begin(), added.end());
  brought_.insert(added.begin(), added.end());
  result_.leaks.merge(std::move(leaks));
}

/// A secret that the range brought and a later commit of it keeps is where that commit leaves it: without this place
/// it would seem to be gone from HEAD as soon as its file is edited.
void
RangeExamination::carry_on(const git::Introduced& introduced, const Held& held, const std::vector<Sha256>& known)
{
  std::vector<Sha256> others;
  std::copy_if(held.secrets.begin(), held.secrets.end(), std::back_inserter(others), [&](const Sha256& secret) {
    return !brought_.contains(secret) || std::find(known.begin(), known.end(), secret) == known.end();
  });
  LeakCollection carried = held.leaks;
  carried.forget(others);
  if (!carried.empty() && is_at_head(introduced.blob, introduced.path)) {
    place_at_head(introduced);
    report(introduced, std::move(carried));
  }
}

void
RangeExamination::examine(const git::Change& change)
{
  for (const git::Introduced& introduced : change.introduced) {
    const auto found = held_.find(introduced.blob);
    if (excluded(introduced.path) || found == held_.end() || found->second.leaks.empty()) {
      continue;
    }
    const Held& held = found->second;
    const std::vector<Sha256> known = known_before(change, introduced);
    LeakCollection leaks = held.leaks;
    known_ += leaks.forget(known);
    if (!leaks.empty()) {
      place(change, introduced);
      report(introduced, std::move(leaks));
    }
    carry_on(introduced, held, known);
  }
  examine_message(change.commit.id, SourceKind::commit);
}

void
RangeExamination::examine_message(const git::ObjectId& id, SourceKind kind)
{
  Held message = match_object(id, kind, workers_.front());
  bytes_ += message.size;
  if (!message.fault.empty()) {
    const std::string_view name = kind == SourceKind::tag ? "tag" : "commit";
    result_.gaps.push_back(git::unread_gap(repository_, fmt::format("{} {}", name, id.hex()), message.fault));
  }
  result_.leaks.merge(std::move(message.leaks));
}

Examination
RangeExamination::run()
{
  const ci::GitRange& range = assignment_.input.range;
  result_.gaps = range.gaps;
  const auto commits = git::commits_between(repository_, range.heads, range.excluded, result_.gaps);
  const auto changes = git::changes_of(repository_, commits, result_.gaps);
  match_introduced(changes);
  for (const auto& [blob, held] : held_) {
    bytes_ += held.size;
    lfs_pointers_ += held.lfs_pointer ? 1 : 0;
    if (!held.fault.empty()) {
      result_.gaps.push_back(git::unread_gap(repository_, fmt::format("object {}", blob.hex()), held.fault));
    }
  }
  const std::uint64_t blobs = held_.size();
  for (const git::Change& change : changes) {
    examine(change);
  }
  for (const git::ObjectId& tag : range.tags) {
    examine_message(tag, SourceKind::tag);
  }
  for (const std::string& path : submodules_) {
    result_.gaps.push_back(git::submodule_gap(path));
  }
  if (lfs_pointers_ != 0) {
    result_.gaps.push_back(lfs_gap(lfs_pointers_));
  }
  result_.coverage = {range.text, {{commits.size(), "commits"}, {blobs, "new file versions"}, {bytes_, "bytes"}}};
  if (!range.tags.empty()) {
    result_.coverage.counts.push_back({range.tags.size(), "tags"});
  }
  if (known_ != 0) {
    result_.coverage.counts.push_back({known_, "secrets that were there before"});
  }
  return std::move(result_);
}

}  // namespace

Result<Examination>
examine_range(const Assignment& assignment)
{
  if (assignment.input.repository == nullptr) {
    return without_repository(assignment);
  }
  TRY_ASSIGN(std::vector<MatchWorker> workers, make_workers(assignment));
  return RangeExamination(assignment, std::move(workers)).run();
}

}  // namespace sluice::secrets
