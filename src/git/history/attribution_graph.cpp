// SPDX-License-Identifier: Apache-2.0
//
// Trees name what is below them and nothing names what is above, so the way from a blob up to its commits is only known
// after every tree was read. Few of the links are wanted in the end; three things keep the rest small:
//
// * Ids become numbers of four bytes as they are met, from all threads, so the graph can be kept in flat arrays
//   whatever order the objects come in.
// * Of the entries that are files only the wanted ones are kept. Names are numbered by each thread for itself, without
//   a lock, and only those on the way to a wanted blob are joined afterwards.
// * The links upwards are dropped as soon as they have said which trees lead to a wanted blob. The links downwards that
//   stay are those of such trees.
#include "git/history/attribution_graph.hpp"

#include "git/object_store.hpp"
#include "git/objects/tree_cursor.hpp"

#include <algorithm>
#include <bitset>
#include <numeric>
#include <queue>

namespace sluice::git {

namespace {

/// Longer names are cut: they cannot be checked out, and an attribution only shows them.
constexpr std::size_t max_name_bytes = 4096;

struct Edge
{
  std::uint32_t source = 0;
  NamedLink link;
};

/// What one thread found, with names numbered by itself.
struct Part
{
  explicit Part(ObjectNumbers& numbers)
      : trees(numbers)
  {}

  ObjectNumbers::Recent trees;
  std::vector<Edge> subtrees;
  std::vector<Edge> hits;
  std::vector<CommitNode> commits;
  std::vector<ObjectId> parents;
  TextNumbers names;
  std::vector<std::uint32_t> global_name;  ///< by own number, 0 where not known yet, else the graph's number + 1
};

/// Most entries of trees are blobs that nobody asked for; two bytes of their id tell.
class WantedBlobs
{
public:
  explicit WantedBlobs(const std::vector<ObjectId>& blobs)
  {
    for (std::uint32_t i = 0; i < blobs.size(); ++i) {
      places_.emplace(blobs[i], i);
      beginnings_.set(beginning(blobs[i].bytes.data()));
    }
  }

  [[nodiscard]] std::optional<std::uint32_t>
  find(const std::uint8_t* id, std::uint8_t id_size) const
  {
    if (!beginnings_.test(beginning(id))) {
      return std::nullopt;
    }
    const auto place = places_.find(ObjectId::from_raw(id, id_size));
    return place == places_.end() ? std::nullopt : std::optional(place->second);
  }

private:
  static std::size_t
  beginning(const std::uint8_t* id)
  {
    return std::size_t{id[0]} << 8U | id[1];
  }

  std::unordered_map<ObjectId, std::uint32_t> places_;
  std::bitset<65536> beginnings_;
};

void
take_tree(const ObjectView& object, const WantedBlobs& wanted, Part& part)
{
  const std::uint32_t self = part.trees.number(object.id.bytes.data());
  TreeCursor cursor(object.content, object.id.size);
  for (RawTreeEntry entry; cursor.next(entry);) {
    const std::string_view name = entry.name.substr(0, max_name_bytes);
    if (entry.is_tree()) {
      part.subtrees.push_back({self, {part.trees.number(entry.id), part.names.number(name)}});
    } else if (entry.is_submodule()) {
      continue;
    } else if (const auto place = wanted.find(entry.id, object.id.size)) {
      part.hits.push_back({self, {*place, part.names.number(name)}});
    }
  }
}

void
take_commit(const ObjectView& object, Part& part)
{
  const auto commit = parse_commit(object.id, object.content);
  if (!commit) {
    return;  // the walk over its content is somebody else's; here it merely has no tree
  }
  part.commits.push_back({object.id, commit->commit_time, part.trees.number(commit->tree.bytes.data()),
                          static_cast<std::uint32_t>(part.parents.size()),
                          static_cast<std::uint32_t>(commit->parents.size())});
  part.parents.insert(part.parents.end(), commit->parents.begin(), commit->parents.end());
}

void
join_commits(std::vector<Part>& parts, HitGraph& graph)
{
  for (const Part& part : parts) {
    for (const CommitNode& commit : part.commits) {
      graph.commit_of.emplace(commit.id, static_cast<std::uint32_t>(graph.commits.size()));
      graph.commits.push_back(commit);
    }
  }
  std::size_t place = 0;
  for (Part& part : parts) {
    for (std::size_t i = 0; i < part.commits.size(); ++i, ++place) {
      CommitNode& commit = graph.commits[place];
      const auto recorded = std::span(part.parents).subspan(commit.first, commit.count);
      commit.first = static_cast<std::uint32_t>(graph.parents.size());
      for (const ObjectId& parent : recorded) {
        if (const auto found = graph.commit_of.find(parent); found != graph.commit_of.end()) {
          graph.parents.push_back(found->second);
        }
      }
      commit.count = static_cast<std::uint32_t>(graph.parents.size()) - commit.first;
    }
    part.commits = {};
    part.parents = {};
  }
}

/// Fills an adjacency in two passes over the same items, which `for_items(take)` gives as take(source, target).
template<typename T, typename ForItems>
Adjacency<T>
make_adjacency(std::uint32_t sources, const ForItems& for_items)
{
  Adjacency<T> adjacency;
  adjacency.begin.assign(std::size_t{sources} + 1, 0);
  for_items([&](std::uint32_t source, const T&) { ++adjacency.begin[source + 1]; });
  std::partial_sum(adjacency.begin.begin(), adjacency.begin.end(), adjacency.begin.begin());
  adjacency.targets.resize(adjacency.begin.back());
  std::vector<std::uint32_t> next(adjacency.begin.begin(), adjacency.begin.end() - 1);
  for_items([&](std::uint32_t source, const T& target) { adjacency.targets[next[source]++] = target; });
  return adjacency;
}

/// From the trees that hold a wanted blob up to all trees that hold those.
std::vector<bool>
trees_that_lead_to_hits(const std::vector<Part>& parts, std::uint32_t trees)
{
  std::vector<bool> is_hit(trees);
  std::vector<std::uint32_t> to_visit;
  const auto mark = [&](std::uint32_t tree) {
    if (!is_hit[tree]) {
      is_hit[tree] = true;
      to_visit.push_back(tree);
    }
  };
  for (const Part& part : parts) {
    for (const Edge& edge : part.hits) {
      mark(edge.source);
    }
  }
  if (to_visit.empty()) {
    return is_hit;
  }
  const auto holders = make_adjacency<std::uint32_t>(trees, [&parts](const auto& take) {
    for (const Part& part : parts) {
      for (const Edge& edge : part.subtrees) {
        take(edge.link.target, edge.source);
      }
    }
  });
  while (!to_visit.empty()) {
    const std::uint32_t tree = to_visit.back();
    to_visit.pop_back();
    for (const std::uint32_t holder : holders.of(tree)) {
      mark(holder);
    }
  }
  return is_hit;
}

std::uint32_t
global_name(Part& part, std::uint32_t own, TextNumbers& names)
{
  if (part.global_name.size() <= own) {
    part.global_name.resize(std::size_t{own} + 1);
  }
  std::uint32_t& known = part.global_name[own];
  if (known == 0) {
    known = names.number(part.names.text(own)) + 1;
  }
  return known - 1;
}

enum class Links { subtrees, hits };

Adjacency<NamedLink>
join_links(std::vector<Part>& parts, HitGraph& graph, Links which)
{
  return make_adjacency<NamedLink>(graph.tree_numbers.size(), [&](const auto& take) {
    for (Part& part : parts) {
      for (const Edge& edge : which == Links::hits ? part.hits : part.subtrees) {
        if (which == Links::hits || graph.is_hit[edge.link.target]) {
          take(edge.source, NamedLink{edge.link.target, global_name(part, edge.link.name, graph.names)});
        }
      }
    }
  });
}

}  // namespace

std::unique_ptr<HitGraph>
read_hit_graph(const Repository& repository, const std::unordered_set<ObjectId>& blobs, unsigned threads,
               std::vector<Gap>& gaps)
{
  auto graph = std::make_unique<HitGraph>();
  graph->blobs.assign(blobs.begin(), blobs.end());
  std::sort(graph->blobs.begin(), graph->blobs.end());
  const WantedBlobs wanted(graph->blobs);

  std::vector<Part> parts;
  for (unsigned i = 0; i < threads; ++i) {
    parts.emplace_back(graph->tree_numbers);
  }
  WalkRequest request;
  request.blobs = request.tags = false;
  request.threads = threads;
  repository.objects().for_each(
      request,
      [&](const ObjectView& object, unsigned thread) {
        if (object.kind == ObjectKind::tree) {
          take_tree(object, wanted, parts[thread]);
        } else if (object.kind == ObjectKind::commit) {
          take_commit(object, parts[thread]);
        }
      },
      gaps);

  join_commits(parts, *graph);
  graph->is_hit = trees_that_lead_to_hits(parts, graph->tree_numbers.size());
  graph->hits = join_links(parts, *graph, Links::hits);
  graph->subtrees = join_links(parts, *graph, Links::subtrees);
  return graph;
}

std::vector<std::uint32_t>
parents_first(const HitGraph& graph)
{
  const auto count = static_cast<std::uint32_t>(graph.commits.size());
  const auto parents_of = [&graph](std::uint32_t commit) {
    return std::span(graph.parents).subspan(graph.commits[commit].first, graph.commits[commit].count);
  };
  const auto children = make_adjacency<std::uint32_t>(count, [&](const auto& take) {
    for (std::uint32_t commit = 0; commit < count; ++commit) {
      for (const std::uint32_t parent : parents_of(commit)) {
        take(parent, commit);
      }
    }
  });
  const auto is_later = [&graph](std::uint32_t a, std::uint32_t b) {
    const CommitNode& x = graph.commits[a];
    const CommitNode& y = graph.commits[b];
    return x.time != y.time ? x.time > y.time : x.id > y.id;
  };
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, decltype(is_later)> free(is_later);
  std::vector<std::uint32_t> waits_for(count);
  for (std::uint32_t commit = 0; commit < count; ++commit) {
    waits_for[commit] = graph.commits[commit].count;
    if (waits_for[commit] == 0) {
      free.push(commit);
    }
  }
  std::vector<std::uint32_t> order;
  order.reserve(count);
  while (!free.empty()) {
    order.push_back(free.top());
    free.pop();
    for (const std::uint32_t child : children.of(order.back())) {
      if (--waits_for[child] == 0) {
        free.push(child);
      }
    }
  }
  return order;
}

}  // namespace sluice::git
