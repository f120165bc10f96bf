// SPDX-License-Identifier: Apache-2.0
#include "secrets/allowance.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

namespace sluice::secrets {

namespace {

/// The comment of the finding at one appearance, with its place.
InlineAllow
comment_at(const Appearance& appearance)
{
  InlineAllow allow = *appearance.line->allow;
  const std::uint32_t line = appearance.location.begin.line;
  allow.where.line = line - std::min(line, allow.lines_before);
  allow.path = appearance.location.path;
  return allow;
}

/// Of several comments the one that counts least; none if one is missing.
class Weakest
{
public:
  void
  add(const std::optional<InlineAllow>& allow)
  {
    const bool is_weaker = weakest_ && weakest_->is_own_with_reason() && allow && !allow->is_own_with_reason();
    is_missing_ |= !allow;
    if (!weakest_ || is_weaker) {
      weakest_ = allow;
    }
  }
  [[nodiscard]] std::optional<InlineAllow>
  get() const
  {
    return is_missing_ ? std::nullopt : weakest_;
  }

private:
  std::optional<InlineAllow> weakest_;
  bool is_missing_ = false;
};

/// What is known of one path, or of what is in no file.
struct Path
{
  std::vector<const Appearance*> appearances;
  std::uint32_t newest = 0;
  Exposure now = Exposure::ref;  ///< uncommitted or head, if it is there now
};

class Decision
{
public:
  Decision(const std::vector<Appearance>& appearances, const std::vector<Move>& moves)
      : moves_(moves)
  {
    for (const Appearance& appearance : appearances) {
      Path& path = paths_[appearance.location.path];
      path.appearances.push_back(&appearance);
      path.newest = std::max(path.newest, appearance.last);
      path.now = std::min(path.now, appearance.exposure);
    }
    if (const auto placeless = paths_.find(""); placeless != paths_.end() && has_place(appearances)) {
      std::erase_if(placeless->second.appearances, [](const Appearance* each) { return is_placeless(*each); });
      if (placeless->second.appearances.empty()) {
        paths_.erase(placeless);
      }
    }
  }

  Allowance
  decide() const
  {
    Allowance allowance;
    Weakest weakest;
    for (const auto& [path, known] : paths_) {
      const std::optional<InlineAllow> allow = comment_of(path);
      weakest.add(allow);
      if (allow && paths_.size() > 1) {
        allowance.marked.push_back({std::string(path), *allow});
      }
    }
    allowance.all = weakest.get();
    return allowance;
  }

private:
  using Paths = std::map<std::string_view, Path>;

  [[nodiscard]] static bool
  is_placeless(const Appearance& appearance)
  {
    return appearance.location.path.empty() && appearance.location.commit.empty();
  }

  [[nodiscard]] static bool
  has_place(const std::vector<Appearance>& appearances)
  {
    return std::any_of(appearances.begin(), appearances.end(),
                       [](const Appearance& appearance) { return !is_placeless(appearance); });
  }

  /// Where it went since, if it is not there any more. What was moved on is followed; each step is newer.
  [[nodiscard]] Paths::const_iterator
  moved_on(Paths::const_iterator path) const
  {
    for (bool is_moved = true; is_moved;) {
      is_moved = false;
      for (const Move& move : moves_) {
        const auto there = move.from == path->first ? paths_.find(move.to) : paths_.end();
        if (there != paths_.end() && path->second.now > Exposure::head && there->second.newest > path->second.newest) {
          path = there;
          is_moved = true;
        }
      }
    }
    return path;
  }

  [[nodiscard]] std::optional<InlineAllow>
  comment_of(std::string_view name) const
  {
    const auto path = name.empty() ? paths_.find(name) : moved_on(paths_.find(name));
    Weakest weakest;
    for (const Appearance* appearance : path->second.appearances) {
      if (decides(path->second, *appearance)) {
        const bool is_marked = appearance->line && appearance->line->allow;
        weakest.add(is_marked ? std::optional(comment_at(*appearance)) : std::nullopt);
      }
    }
    return weakest.get();
  }

  /// Whether it is of the newest version of its path. What is in no file has one.
  [[nodiscard]] static bool
  decides(const Path& path, const Appearance& appearance)
  {
    if (appearance.location.path.empty()) {
      return true;
    }
    return path.now <= Exposure::head ? appearance.exposure == path.now : appearance.last == path.newest;
  }

  const std::vector<Move>& moves_;
  Paths paths_;
};

}  // namespace

Allowance
allowance_of(const std::vector<Appearance>& appearances, const std::vector<Move>& moves)
{
  return Decision(appearances, moves).decide();
}

}  // namespace sluice::secrets
