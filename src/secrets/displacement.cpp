// SPDX-License-Identifier: Apache-2.0
#include "secrets/displacement.hpp"

#include <algorithm>

namespace sluice::secrets {

namespace {

bool
has(const std::map<std::string, std::set<Sha256>>& places, const std::string& path, const Sha256& secret)
{
  const auto found = places.find(path);
  return found != places.end() && found->second.contains(secret);
}

bool
is_suppressed(const Assignment& assignment, const Leak& leak, const Sighting& sighting, const std::string& path)
{
  const Rule& rule = assignment.matcher.rules()[leak.rule];
  Finding finding;
  finding.rule = &rule.meta;
  finding.where = {path, sighting.begin, sighting.end, {}};
  finding.fingerprint = leak.fingerprint;
  finding.confidence = leak.confidence;
  if (sighting.line) {
    finding.inline_allow = sighting.line->allow;
  }
  return assignment.input.is_suppressed(finding);
}

}  // namespace

std::set<Sha256>
told_at(const Assignment& assignment, LeakCollection leaks, const std::string& path)
{
  std::set<Sha256> told;
  if (matches_any(assignment.exclude, path)) {
    return told;
  }
  for (const Leak& leak : leaks.take()) {
    const bool is_told = std::any_of(leak.sightings.begin(), leak.sightings.end(), [&](const Sighting& sighting) {
      return !is_suppressed(assignment, leak, sighting, path);
    });
    if (is_told) {
      told.insert(leak.secret);
    }
  }
  return told;
}

void
Displacement::add_before(const std::string& path, const std::set<Sha256>& told)
{
  before_[path].insert(told.begin(), told.end());
}

void
Displacement::add_after(const std::string& path, const std::set<Sha256>& secrets)
{
  after_[path].insert(secrets.begin(), secrets.end());
}

void
Displacement::settle(const std::function<bool(const std::string& path, const Sha256& secret)>& is_gone)
{
  std::map<Sha256, std::vector<std::string>> to;
  for (const auto& [path, secrets] : after_) {
    for (const Sha256& secret : secrets) {
      if (!has(before_, path, secret)) {
        to[secret].push_back(path);
      }
    }
  }
  for (const auto& [path, secrets] : before_) {
    for (const Sha256& secret : secrets) {
      const auto wanted = to.find(secret);
      const auto moved = moves_.find(secret);
      const std::size_t done = moved == moves_.end() ? 0 : moved->second.size();
      if (wanted != to.end() && done < wanted->second.size() && !has(after_, path, secret)
          && (after_.contains(path) || is_gone(path, secret))) {
        moves_[secret].push_back({.from = path, .to = wanted->second[done]});
      }
    }
  }
}

std::set<Sha256>
Displacement::known_at(const std::string& path) const
{
  std::set<Sha256> known;
  const auto after = after_.find(path);
  if (after == after_.end()) {
    return known;
  }
  for (const Sha256& secret : after->second) {
    const auto moves = moves_.find(secret);
    const bool is_moved = moves != moves_.end()
                          && std::any_of(moves->second.begin(), moves->second.end(),
                                         [&path](const Move& move) { return move.to == path; });
    if (is_moved || has(before_, path, secret)) {
      known.insert(secret);
    }
  }
  return known;
}

}  // namespace sluice::secrets
