// SPDX-License-Identifier: Apache-2.0
#include "secrets/allowance.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace sluice::secrets {

namespace {

/// Finds the appearances that decide.
class Deciding
{
public:
  Deciding(const std::vector<Appearance>& appearances, const std::vector<Move>& moves)
      : appearances_(appearances),
        moves_(moves)
  {}

  /// What is there now, on disk before HEAD; else the last of each path.
  std::vector<const Appearance*>
  find()
  {
    for (const Appearance& appearance : appearances_) {
      const bool is_now = appearance.exposure <= Exposure::head;
      if (is_now && !(appearance.exposure == Exposure::head && is_on_disk(appearance.location.path))) {
        found_.push_back(&appearance);
      }
    }
    if (found_.empty()) {
      add_last();
    }
    return std::move(found_);
  }

private:
  void
  add_last()
  {
    for (const Appearance& appearance : appearances_) {
      std::uint32_t& newest = newest_[appearance.location.path];
      newest = std::max(newest, appearance.last);
    }
    for (const Appearance& appearance : appearances_) {
      if (is_last(appearance)) {
        found_.push_back(&appearance);
      }
    }
  }

  [[nodiscard]] bool
  is_on_disk(const std::string& path) const
  {
    return std::any_of(appearances_.begin(), appearances_.end(), [&path](const Appearance& appearance) {
      return appearance.exposure == Exposure::uncommitted && appearance.location.path == path;
    });
  }

  /// A message has one version, and so has an object that is in no tree.
  [[nodiscard]] bool
  is_last(const Appearance& appearance) const
  {
    const std::string& path = appearance.location.path;
    if (path.empty()) {
      return true;
    }
    const bool was_moved = std::any_of(moves_.begin(), moves_.end(), [&](const Move& move) {
      const auto there = newest_.find(move.to);
      return move.from == path && there != newest_.end() && there->second > newest_.at(path);
    });
    return !was_moved && appearance.last == newest_.at(path);
  }

  const std::vector<Appearance>& appearances_;
  const std::vector<Move>& moves_;
  std::map<std::string_view, std::uint32_t> newest_;  ///< by path
  std::vector<const Appearance*> found_;
};

}  // namespace

std::optional<InlineAllow>
allowance(const std::vector<Appearance>& appearances, const std::vector<Move>& moves)
{
  const Appearance* weakest = nullptr;
  for (const Appearance* appearance : Deciding(appearances, moves).find()) {
    if (!appearance->line || !appearance->line->allow) {
      return std::nullopt;
    }
    const bool is_weaker = weakest != nullptr && weakest->line->allow->is_own_with_reason()
                           && !appearance->line->allow->is_own_with_reason();
    if (weakest == nullptr || is_weaker) {
      weakest = appearance;
    }
  }
  if (weakest == nullptr) {
    return std::nullopt;
  }
  InlineAllow allow = *weakest->line->allow;
  const std::uint32_t line = weakest->location.begin.line;
  allow.where.line = line - std::min(line, allow.lines_before);
  allow.path = weakest->location.path;
  return allow;
}

}  // namespace sluice::secrets
