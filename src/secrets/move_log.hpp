// SPDX-License-Identifier: Apache-2.0
//
// What the commits of a range moved, for as long as a later one may bring it back to where it was. That undoes the
// move: it is a copy then, which is told once, so the log forgets it. A merge undoes moves without bringing anything:
// it may keep what one of its sides moved away, or take both of what its sides moved from one place to two.
#pragma once

#include "base/hash.hpp"
#include "git/history.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace sluice::secrets {

/// A secret that a commit of the range moved.
struct MovedSecret
{
  Sha256 secret{};
  std::string to;
  const git::Change* change = nullptr;
  std::uint32_t number = 0;  ///< of the commit in the range
};

class MoveLog
{
public:
  explicit MoveLog(std::size_t limit = 100'000)
      : limit_(limit)
  {}

  void add(const std::string& from, MovedSecret moved);

  /// Takes out the moves of these secrets away from `from`.
  [[nodiscard]] std::vector<MovedSecret> take(const std::string& from, const std::set<Sha256>& secrets);

  /// Takes out the moves that are copies in a tree that puts several sides of the history together: all but one of
  /// those whose end it has and that began at one place, and that one too if it has their beginning. `has` is asked
  /// whether it has a secret at a path. Of a log that would take too many questions nothing is looked at any more.
  [[nodiscard]] std::vector<MovedSecret>
  take_copies(const std::function<bool(const std::string& path, const Sha256& secret)>& has);

  /// Moves that are not followed to their end; if somebody undid one, nobody would know.
  [[nodiscard]] std::uint64_t
  left_out() const
  {
    return left_out_;
  }
  [[nodiscard]] std::size_t
  size() const
  {
    return moves_.size();
  }

private:
  using Moves = std::multimap<std::pair<std::string, Sha256>, MovedSecret>;

  Moves moves_;  ///< by where it was
  std::size_t limit_;
  std::size_t asked_ = 0;  ///< by take_copies()
  std::uint64_t left_out_ = 0;
};

}  // namespace sluice::secrets
