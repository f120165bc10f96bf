// SPDX-License-Identifier: Apache-2.0
#include "secrets/move_log.hpp"

namespace sluice::secrets {

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

}  // namespace sluice::secrets
