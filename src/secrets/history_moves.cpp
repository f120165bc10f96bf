// SPDX-License-Identifier: Apache-2.0
#include "secrets/history_moves.hpp"

#include "secrets/displacement.hpp"

#include <algorithm>
#include <unordered_set>

namespace sluice::secrets {

namespace {

constexpr std::size_t max_commits = 2000;

/// The commit that first has a secret at a path.
struct Arrival
{
  std::uint32_t number = 0;
  git::ObjectId commit;
};

class MoveFinder
{
public:
  MoveFinder(const Assignment& assignment, const Examination& examination)
      : assignment_(assignment),
        examination_(examination)
  {}

  std::map<Sha256, std::vector<Move>>
  run()
  {
    examination_.leaks.for_each([this](const Leak& leak) { look(leak); });
    std::map<Sha256, std::vector<Move>> all;
    std::vector<Gap> told_already;
    for (const git::Change& change : git::changes_of(*assignment_.input.repository, commits(), told_already)) {
      for (const auto& [secret, moves] : moves_of(change)) {
        auto& known = all[secret];
        known.insert(known.end(), moves.begin(), moves.end());
      }
    }
    return all;
  }

private:
  [[nodiscard]] bool
  is_excluded(const std::string& path) const
  {
    return matches_any(assignment_.exclude, path);
  }

  void
  look(const Leak& leak)
  {
    auto& arrivals = arrivals_[leak.secret];
    for (const Sighting& sighting : leak.sightings) {
      const auto places = examination_.places.find(sighting.source.object);
      if (sighting.source.kind != SourceKind::blob || places == examination_.places.end()) {
        continue;
      }
      secrets_of_[sighting.source.object].insert(leak.secret);
      for (const git::Occurrence& occurrence : places->second.occurrences) {
        const auto [arrival, is_new] =
            arrivals.try_emplace(occurrence.path, Arrival{occurrence.first, occurrence.commit});
        if (!is_new && occurrence.first < arrival->second.number) {
          arrival->second = {occurrence.first, occurrence.commit};
        }
      }
    }
  }

  /// Oldest first. Something that was only ever at one path was not moved.
  [[nodiscard]] std::vector<git::Commit>
  commits() const
  {
    std::map<std::uint32_t, git::ObjectId> wanted;
    for (const auto& [secret, arrivals] : arrivals_) {
      for (const auto& [path, arrival] : arrivals) {
        if (arrivals.size() > 1) {
          wanted.emplace(arrival.number, arrival.commit);
        }
      }
    }
    std::vector<git::Commit> commits;
    for (const auto& [number, id] : wanted) {
      auto commit = assignment_.input.repository->commit(id);
      if (commit && commit->parents.size() == 1 && commits.size() < max_commits) {
        commits.push_back(*std::move(commit));
      }
    }
    return commits;
  }

  [[nodiscard]] std::map<Sha256, std::vector<Move>>
  moves_of(const git::Change& change) const
  {
    Displacement displacement;
    for (const git::Introduced& introduced : change.introduced) {
      const auto held = secrets_of_.find(introduced.blob);
      if (held != secrets_of_.end() && !is_excluded(introduced.path)) {
        displacement.add_after(introduced.path, held->second);
      }
    }
    for (const git::Removed& removed : change.removed) {
      const auto held = secrets_of_.find(removed.blob);
      if (held != secrets_of_.end() && !is_excluded(removed.path)) {
        displacement.add_before(removed.path, held->second);
      }
    }
    displacement.settle();
    return displacement.moves();
  }

  const Assignment& assignment_;
  const Examination& examination_;
  std::unordered_map<git::ObjectId, std::set<Sha256>> secrets_of_;  ///< by blob
  std::map<Sha256, std::map<std::string, Arrival>> arrivals_;       ///< by secret and path
};

}  // namespace

std::map<Sha256, std::vector<Move>>
history_moves(const Assignment& assignment, const Examination& examination)
{
  return MoveFinder(assignment, examination).run();
}

}  // namespace sluice::secrets
