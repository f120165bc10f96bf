// SPDX-License-Identifier: Apache-2.0
//
// Where blobs are in history. The objects that hold secrets were found without looking at commits at all, so the
// question comes backwards: which commits hold these few blobs, and at which paths?
//
// `git log --find-object` diffs every commit for each blob. Here one pass over all trees of the store notes which tree
// names which; from the wanted blobs upwards that says which trees lead to one at all, usually a few thousand of
// hundreds of thousands. Then commits are visited parents first, each walking down from its tree through such trees
// only, and no (tree, path) pair twice: the first commit to show a blob at a path is the one that brought it.
// The cost is that of reading all trees once, however many blobs are asked for.
#include "git/history.hpp"
#include "git/history/attribution_descent.hpp"
#include "git/history/attribution_graph.hpp"
#include "git/history/attribution_reach.hpp"
#include "git/object_store.hpp"

#include <algorithm>
#include <thread>
#include <tuple>

namespace sluice::git {

namespace {

constexpr std::size_t max_text_bytes = 256U << 20U;  ///< of all paths together

class Attributor
{
public:
  Attributor(const Repository& repository, std::unique_ptr<HitGraph> graph)
      : repository_(repository),
        graph_(std::move(graph)),
        found_(graph_->blobs.size())
  {}

  std::unordered_map<ObjectId, Attribution>
  run(std::vector<Gap>& gaps)
  {
    const std::vector<std::uint32_t> order = parents_first(*graph_);
    find_occurrences(order);
    find_last(order);
    find_reach(gaps);
    find_tips();
    find_head_paths();
    if (was_bounded_) {
      gaps.push_back({GapKind::too_many, "attribution",
                      "the trees have more or deeper paths than are followed, so some places are not shown",
                      "Look for trees that name each other many times: they are made to exhaust scanners"});
    }
    std::unordered_map<ObjectId, Attribution> attributions;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      attributions.emplace(graph_->blobs[i], std::move(found_[i]));
    }
    return attributions;
  }

private:
  void
  find_occurrences(const std::vector<std::uint32_t>& order)
  {
    Descent descent(*graph_, paths_);
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      const CommitNode& node = graph_->commits[order[i]];
      descent.run(node.tree, [this](std::uint32_t blob, std::uint32_t path) { new_.emplace_back(blob, path); });
      if (!new_.empty()) {
        add_occurrences(node, i);
      }
    }
    was_bounded_ |= descent.was_bounded();
  }

  void
  add_occurrences(const CommitNode& node, std::uint32_t number)
  {
    const auto commit = repository_.commit(node.id);
    std::vector<std::tuple<std::string, std::uint32_t, std::uint32_t>> places;
    for (const auto& [blob, path] : new_) {
      if (auto text = text_of(path)) {
        places.emplace_back(std::move(*text), blob, path);
      }
    }
    std::sort(places.begin(), places.end());
    for (auto& [text, blob, path] : places) {
      occurrence_of_.emplace(pair_of(blob, path), found_[blob].occurrences.size());
      found_[blob].occurrences.push_back({std::move(text), node.id, commit ? commit->author : std::string(),
                                          commit ? commit->author_time : 0, number, number});
    }
    new_.clear();
  }

  /// The same way back: the first commit to show a blob at a path is the last one that has it there, also if it went
  /// and came again.
  void
  find_last(const std::vector<std::uint32_t>& order)
  {
    Descent descent(*graph_, paths_);
    for (std::size_t i = order.size(); i-- > 0;) {
      descent.run(graph_->commits[order[i]].tree, [&](std::uint32_t blob, std::uint32_t path) {
        if (const auto found = occurrence_of_.find(pair_of(blob, path)); found != occurrence_of_.end()) {
          found_[blob].occurrences[found->second].last = static_cast<std::uint32_t>(i);
        }
      });
    }
    was_bounded_ |= descent.was_bounded();
  }

  void
  find_reach(std::vector<Gap>& gaps)
  {
    const std::vector<Reach> reach = reach_of_blobs(repository_, *graph_, gaps);
    for (std::size_t i = 0; i < found_.size(); ++i) {
      found_[i].reach = reach[i];
    }
  }

  /// What no branch removed is no matter of the past, whatever HEAD's tree has.
  void
  find_tips()
  {
    Descent descent(*graph_, paths_);
    const auto references = repository_.references();
    for (const Reference& reference : references ? *references : std::vector<Reference>()) {
      const auto commit = graph_->commit_of.find(reference.id);
      const bool is_branch =
          reference.name != "HEAD" && reference.name != "refs/stash" && !reference.name.starts_with("refs/tags/");
      if (is_branch && commit != graph_->commit_of.end()) {
        descent.run(graph_->commits[commit->second].tree, [&](std::uint32_t blob, std::uint32_t) {
          if (found_[blob].reach == Reach::ref) {
            found_[blob].reach = Reach::tip;
            found_[blob].tip = short_name(reference.name);
          }
        });
      }
    }
    was_bounded_ |= descent.was_bounded();
  }

  [[nodiscard]] static std::string
  short_name(std::string_view reference)
  {
    for (const std::string_view prefix : {"refs/heads/", "refs/remotes/"}) {
      if (reference.starts_with(prefix)) {
        return std::string(reference.substr(prefix.size()));
      }
    }
    return std::string(reference);
  }

  void
  find_head_paths()
  {
    const auto head = repository_.head();
    const auto commit = head ? graph_->commit_of.find(*head) : graph_->commit_of.end();
    if (commit == graph_->commit_of.end()) {
      return;
    }
    Descent descent(*graph_, paths_);
    descent.run(graph_->commits[commit->second].tree, [this](std::uint32_t blob, std::uint32_t path) {
      found_[blob].reach = Reach::head;
      if (auto text = text_of(path)) {
        found_[blob].head_paths.push_back(std::move(*text));
      }
    });
    was_bounded_ |= descent.was_bounded();
    for (Attribution& attribution : found_) {
      std::sort(attribution.head_paths.begin(), attribution.head_paths.end());
    }
  }

  std::optional<std::string>
  text_of(std::uint32_t path)
  {
    if (text_bytes_ > max_text_bytes) {
      was_bounded_ = true;
      return std::nullopt;
    }
    std::string text = paths_.text(path, graph_->names);
    text_bytes_ += text.size();
    return text;
  }

  const Repository& repository_;
  std::unique_ptr<HitGraph> graph_;
  PathNumbers paths_;
  std::vector<Attribution> found_;                                ///< by place in the graph's blobs
  std::unordered_map<std::uint64_t, std::size_t> occurrence_of_;  ///< by blob and path
  std::vector<std::pair<std::uint32_t, std::uint32_t>> new_;
  std::size_t text_bytes_ = 0;
  bool was_bounded_ = false;
};

}  // namespace

std::unordered_map<ObjectId, Attribution>
attribute(const Repository& repository, const std::unordered_set<ObjectId>& blobs, std::vector<Gap>& gaps,
          unsigned threads)
{
  if (blobs.empty()) {
    return {};
  }
  const unsigned count = threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
  return Attributor(repository, read_hit_graph(repository, blobs, count, gaps)).run(gaps);
}

}  // namespace sluice::git
