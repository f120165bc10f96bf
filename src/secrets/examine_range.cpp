// SPDX-License-Identifier: Apache-2.0
//
// A change is judged by what it adds, commit by commit: a secret that one commit adds and the next removes is published
// with the branch all the same, so the difference between the two ends would not do. Each blob that a commit brings is
// matched whole (half of a pair may have been there before); a secret that was at the same path before, or that the
// same commit takes away from another (displacement.hpp), was not brought by it: a file that was edited elsewhere,
// moved or renamed.
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "gate/lfs_pointer.hpp"
#include "git/history.hpp"
#include "git/object_store.hpp"
#include "git/worktree.hpp"
#include "secrets/displacement.hpp"
#include "secrets/examination.hpp"
#include "secrets/move_log.hpp"
#include "secrets/readings.hpp"

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
  std::set<Sha256> secrets;
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
  void examine(const git::Change& change, std::uint32_t number);
  void examine_message(const git::ObjectId& id, SourceKind kind);
  [[nodiscard]] Displacement displacement_of(const git::Change& change);
  [[nodiscard]] bool is_gone(const git::Commit& commit, const std::string& path, const Sha256& secret);
  const Held& held(const git::ObjectId& blob);
  void place(const git::Change& change, std::uint32_t number, const git::Introduced& introduced);
  void place_at_head(const git::Introduced& introduced);
  void report(const git::Introduced& introduced, LeakCollection leaks);
  void note_moves(const git::Change& change, std::uint32_t number, const Displacement& displacement);
  void undo_moves(const std::string& from, const std::set<Sha256>& secrets);
  void undo_merged(const git::Commit& merge);
  void report_copies(const std::vector<MovedSecret>& copies);
  [[nodiscard]] bool has_secret(const git::Commit& commit, const std::string& path, const Sha256& secret);
  [[nodiscard]] LeakCollection kept(const Held& held, const std::set<Sha256>& known) const;
  [[nodiscard]] bool is_at_head(const git::ObjectId& blob, const std::string& path);

  const Assignment& assignment_;
  const git::Repository& repository_;
  std::vector<MatchWorker> workers_;
  Examination result_;
  std::unordered_map<git::ObjectId, Held> held_;
  std::unordered_map<git::ObjectId, std::set<Sha256>> reported_;  ///< by blob
  MoveLog moved_;
  std::set<Sha256> brought_;                                ///< by the range
  std::unordered_map<std::string, std::string> head_blob_;  ///< hexadecimal, by path
  std::set<std::string> submodules_;
  std::uint64_t bytes_ = 0;
  std::uint64_t lfs_pointers_ = 0;
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
  held.lfs_pointer = kind == SourceKind::blob && gate::is_lfs_pointer(object->content);
  add_readings(object->content, worker, {kind, id, {}}, held.leaks);
  held.secrets = held.leaks.secrets();
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

/// Nobody compares a merge's tree with all of its parents' at a path where it has what one of them has.
bool
RangeExamination::is_gone(const git::Commit& commit, const std::string& path, const Sha256& secret)
{
  return commit.parents.size() < 2 || !has_secret(commit, path, secret);
}

/// What cannot be read may hold anything.
bool
RangeExamination::has_secret(const git::Commit& commit, const std::string& path, const Sha256& secret)
{
  const auto content = repository_.file_at(commit.id, path);
  if (!content || !*content) {
    return !content.has_value();
  }
  const git::ObjectId blob = git::ObjectId::of(git::ObjectKind::blob, **content, commit.id.size);
  return held(blob).secrets.contains(secret);
}

Displacement
RangeExamination::displacement_of(const git::Change& change)
{
  Displacement displacement;
  bool has_secrets = false;
  for (const git::Introduced& introduced : change.introduced) {
    if (!excluded(introduced.path)) {
      const std::set<Sha256>& secrets = held(introduced.blob).secrets;
      has_secrets |= !secrets.empty();
      displacement.add_after(introduced.path, secrets);
    }
  }
  if (!has_secrets) {
    return displacement;
  }
  for (const git::Removed& removed : change.removed) {
    if (!excluded(removed.path) && !held(removed.blob).secrets.empty()) {
      displacement.add_before(removed.path, told_at(assignment_, held(removed.blob).leaks, removed.path));
    }
  }
  displacement.settle(
      [&](const std::string& path, const Sha256& secret) { return is_gone(change.commit, path, secret); });
  return displacement;
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
      entry->second = git::ObjectId::of(git::ObjectKind::blob, **content, blob.size).hex();
    }
  }
  return entry->second == blob.hex();
}

void
RangeExamination::place(const git::Change& change, std::uint32_t number, const git::Introduced& introduced)
{
  git::Attribution& places = result_.places[introduced.blob];
  places.occurrences.push_back(
      {introduced.path, change.commit.id, change.commit.author, change.commit.author_time, number, number});
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
  std::set<Sha256>& reported = reported_[introduced.blob];
  leaks.forget(reported);
  const std::set<Sha256> added = leaks.secrets();
  reported.insert(added.begin(), added.end());
  brought_.insert(added.begin(), added.end());
  result_.leaks.merge(std::move(leaks));
}

/// What the range brought and a later commit of it keeps is where that commit leaves it: without this place it would
/// seem to be gone from HEAD as soon as its file is edited, and its newest line would not decide.
LeakCollection
RangeExamination::kept(const Held& held, const std::set<Sha256>& known) const
{
  std::set<Sha256> wanted;
  std::copy_if(known.begin(), known.end(), std::inserter(wanted, wanted.end()),
               [this](const Sha256& secret) { return brought_.contains(secret); });
  LeakCollection kept = held.leaks;
  kept.keep(wanted);
  return kept;
}

void
RangeExamination::note_moves(const git::Change& change, std::uint32_t number, const Displacement& displacement)
{
  for (const auto& [secret, moves] : displacement.moves()) {
    for (const Move& move : moves) {
      moved_.add(move.from, {secret, move.to, &change, number});
      result_.moves[secret].push_back(move);
    }
  }
}

/// What a commit moves away and a later one brings back to where it was has been copied in two steps.
void
RangeExamination::undo_moves(const std::string& from, const std::set<Sha256>& secrets)
{
  report_copies(moved_.take(from, secrets));
}

/// The sides of a merge each took a secret away from where it was, or one of them did; their merge has it twice.
void
RangeExamination::undo_merged(const git::Commit& merge)
{
  if (merge.parents.size() > 1 && moved_.size() != 0) {
    report_copies(moved_.take_copies(
        [&](const std::string& path, const Sha256& secret) { return has_secret(merge, path, secret); }));
  }
}

void
RangeExamination::report_copies(const std::vector<MovedSecret>& copies)
{
  for (const MovedSecret& moved : copies) {
    const auto& all = moved.change->introduced;
    const auto introduced =
        std::find_if(all.begin(), all.end(), [&moved](const git::Introduced& each) { return each.path == moved.to; });
    LeakCollection copied = held(introduced->blob).leaks;
    copied.keep({moved.secret});
    place(*moved.change, moved.number, *introduced);
    report(*introduced, std::move(copied));
  }
}

void
RangeExamination::examine(const git::Change& change, std::uint32_t number)
{
  const Displacement displacement = displacement_of(change);
  for (const git::Introduced& introduced : change.introduced) {
    const auto found = held_.find(introduced.blob);
    if (excluded(introduced.path) || found == held_.end() || found->second.leaks.empty()) {
      continue;
    }
    const Held& held = found->second;
    const std::set<Sha256> known = displacement.known_at(introduced.path);
    LeakCollection leaks = held.leaks;
    leaks.forget(known);
    LeakCollection stays = kept(held, known);
    undo_moves(introduced.path, leaks.secrets());
    if (!leaks.empty() || !stays.empty()) {
      place(change, number, introduced);
      report(introduced, std::move(leaks));
      report(introduced, std::move(stays));
    }
  }
  note_moves(change, number, displacement);
  undo_merged(change.commit);
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
  result_.head = range.heads.empty() ? std::optional<git::ObjectId>() : range.heads.front();
  const auto commits = git::commits_between(repository_, range.heads, range.excluded, result_.gaps);
  const auto changes = git::changes_of(repository_, commits, result_.gaps);
  match_introduced(changes);
  std::vector<UnreadBlob> unread;
  for (const auto& [blob, held] : held_) {
    bytes_ += held.size;
    lfs_pointers_ += held.lfs_pointer ? 1 : 0;
    if (!held.fault.empty()) {
      unread.push_back({blob, held.fault});
    }
  }
  add_unread(repository_, std::move(unread), result_.gaps);
  const std::uint64_t blobs = held_.size();
  for (std::uint32_t number = 0; number < changes.size(); ++number) {
    examine(changes[number], number);
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
  if (moved_.left_out() != 0) {
    result_.gaps.push_back({GapKind::too_many, "secrets that are moved",
                            fmt::format("{} not followed, so a copy made in two steps is not known",
                                        counted(moved_.left_out(), "move is", "moves are")),
                            "Exclude the files that are made of them"});
  }
  result_.coverage = {range.text, {{commits.size(), "commits"}, {blobs, "new file versions"}, {bytes_, "bytes"}}};
  if (!range.tags.empty()) {
    result_.coverage.counts.push_back({range.tags.size(), "tags"});
  }
  examine_head(assignment_, workers_, result_);
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
