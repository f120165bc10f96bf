// SPDX-License-Identifier: Apache-2.0
#include "secrets/move_log.hpp"

#include <algorithm>

namespace sluice::secrets {

namespace {

constexpr std::size_t max_asked = 50'000;  ///< each a file of a merge

/// Where secrets were before the first of their moves.
class Origins
{
public:
  void
  add(const Sha256& secret, const std::string& from, const std::string& to)
  {
    const std::string origin = of(secret, from);
    if (origin != to) {
      origins_.emplace(std::pair(secret, to), origin);
    }
  }
  [[nodiscard]] std::string
  of(const Sha256& secret, const std::string& path) const
  {
    const auto known = origins_.find(std::pair(secret, path));
    return known == origins_.end() ? path : known->second;
  }

private:
  std::map<std::pair<Sha256, std::string>, std::string> origins_;
};

}  // namespace

void
MoveLog::add(const std::string& from, MovedSecret moved)
{
  if (moves_.size() >= limit_) {
    ++left_out_;
    return;
  }
  const Sha256 secret = moved.secret;
  moves_.emplace(std::pair(from, secret), std::move(moved));
}

std::vector<MovedSecret>
MoveLog::take(const std::string& from, const std::set<Sha256>& secrets)
{
  std::vector<MovedSecret> taken;
  if (moves_.empty()) {
    return taken;
  }
  for (const Sha256& secret : secrets) {
    const auto [first, last] = moves_.equal_range(std::pair(from, secret));
    for (auto each = first; each != last; ++each) {
      taken.push_back(std::move(each->second));
    }
    moves_.erase(first, last);
  }
  return taken;
}

std::vector<MovedSecret>
MoveLog::take_copies(const std::function<bool(const std::string& path, const Sha256& secret)>& has)
{
  if (asked_ + 2 * moves_.size() > max_asked) {
    left_out_ = std::max<std::uint64_t>(left_out_, moves_.size());
    return {};
  }
  std::vector<Moves::iterator> moves;
  for (auto each = moves_.begin(); each != moves_.end(); ++each) {
    moves.push_back(each);
  }
  std::stable_sort(moves.begin(), moves.end(),
                   [](Moves::iterator a, Moves::iterator b) { return a->second.number < b->second.number; });
  Origins origins;
  std::map<std::pair<Sha256, std::string>, std::string> held_at;  // of those that began there
  std::vector<MovedSecret> copies;
  for (const Moves::iterator each : moves) {
    const MovedSecret& moved = each->second;
    origins.add(moved.secret, each->first.first, moved.to);
    const std::pair key(moved.secret, origins.of(moved.secret, each->first.first));
    const auto [holder, is_first] = held_at.try_emplace(key);
    if (is_first) {
      ++asked_;
      holder->second = has(key.second, moved.secret) ? key.second : std::string();
    }
    ++asked_;
    if (holder->second == moved.to || !has(moved.to, moved.secret)) {
      continue;
    }
    if (holder->second.empty()) {
      holder->second = moved.to;
    } else {
      copies.push_back(std::move(each->second));
      moves_.erase(each);
    }
  }
  return copies;
}

}  // namespace sluice::secrets
