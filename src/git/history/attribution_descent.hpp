// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.hpp"
#include "git/history/attribution_graph.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sluice::git {

/// Two numbers as one key.
[[nodiscard]] constexpr std::uint64_t
pair_of(std::uint32_t a, std::uint32_t b)
{
  return std::uint64_t{a} << 32U | b;
}

/// Paths as chains of names, each path once.
class PathNumbers
{
public:
  static constexpr std::uint32_t root = 0;

  [[nodiscard]] std::uint32_t
  below(std::uint32_t directory, std::uint32_t name)
  {
    const auto [found, is_new] =
        numbers_.try_emplace(pair_of(directory, name), static_cast<std::uint32_t>(all_.size()));
    if (is_new) {
      all_.push_back({directory, name, all_[directory].depth + 1});
    }
    return found->second;
  }

  [[nodiscard]] std::uint32_t
  depth(std::uint32_t path) const
  {
    return all_[path].depth;
  }

  [[nodiscard]] std::string
  text(std::uint32_t path, const TextNumbers& names) const
  {
    std::vector<std::string> parts;
    for (; path != root; path = all_[path].directory) {
      parts.push_back(names.text(all_[path].name));
    }
    std::reverse(parts.begin(), parts.end());
    return join(parts, "/");
  }

private:
  struct Path
  {
    std::uint32_t directory = 0;
    std::uint32_t name = 0;
    std::uint32_t depth = 0;
  };
  std::vector<Path> all_{{}};
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
};

/// Goes down from root trees to the wanted blobs, through no (tree, path) pair twice. Hostile trees can make more paths
/// than there are atoms, hence the bounds.
class Descent
{
public:
  Descent(const HitGraph& graph, PathNumbers& paths)
      : graph_(graph),
        paths_(paths),
        max_steps_(some_steps + 4 * graph.is_hit.size())
  {}

  /// Calls found(blob, path) for each pair that no earlier call found.
  template<typename Found>
  void
  run(std::uint32_t root, const Found& found)
  {
    enter(root, PathNumbers::root);
    while (!to_visit_.empty() && !is_exhausted()) {
      const auto [tree, path] = to_visit_.back();
      to_visit_.pop_back();
      for (const NamedLink& hit : graph_.hits.of(tree)) {
        const std::uint32_t file = paths_.below(path, hit.name);
        if (!is_exhausted() && found_.insert(pair_of(hit.target, file)).second) {
          found(hit.target, file);
        }
      }
      if (paths_.depth(path) >= max_depth) {
        was_bounded_ |= !graph_.subtrees.of(tree).empty();
        continue;
      }
      for (const NamedLink& below : graph_.subtrees.of(tree)) {
        enter(below.target, paths_.below(path, below.name));
      }
    }
  }

  /// Whether a bound kept it from going everywhere.
  [[nodiscard]] bool
  was_bounded() const
  {
    return was_bounded_ || is_exhausted();
  }

private:
  // A tree is seldom at more than one path, so an honest history stays far below this.
  static constexpr std::size_t some_steps = 200'000;
  static constexpr std::uint32_t max_depth = 4096;

  [[nodiscard]] bool
  is_exhausted() const
  {
    return entered_.size() >= max_steps_ || found_.size() >= max_steps_;
  }

  void
  enter(std::uint32_t tree, std::uint32_t path)
  {
    if (graph_.is_hit[tree] && !is_exhausted() && entered_.insert(pair_of(tree, path)).second) {
      to_visit_.emplace_back(tree, path);
    }
  }

  const HitGraph& graph_;
  PathNumbers& paths_;
  std::size_t max_steps_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> to_visit_;
  std::unordered_set<std::uint64_t> entered_;
  std::unordered_set<std::uint64_t> found_;
  bool was_bounded_ = false;
};

}  // namespace sluice::git
