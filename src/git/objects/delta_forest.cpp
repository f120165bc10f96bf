// SPDX-License-Identifier: Apache-2.0
//
// A pack stores most objects as deltas of others, so that each object is a node of a tree whose root is stored whole.
// Resolving objects one by one inflates the upper part of every tree over and over; git's own readers fight that with a
// cache. Reading all headers first (a few bytes each) gives the whole forest, and then every object needs to be
// inflated exactly once, on its way down from the root, and trees of a kind that nobody asked for not at all.
//
// Bases are given as a distance in the same pack or as an id, which may be in any pack or a loose file; ids can form
// cycles. All arrays are flat: ten million objects are common, and a vector per node is not.
#include "git/objects/delta_forest.hpp"

#include "base/parallel.hpp"
#include "git/objects/duplicates.hpp"

#include <mutex>

namespace sluice::git {

namespace {

struct Numbered
{
  std::uint64_t offset;
  std::uint32_t ordinal;
};

std::vector<Numbered>
by_offset(const PackIndex& index)
{
  std::vector<Numbered> entries(index.count());
  for (std::uint32_t ordinal = 0; ordinal < index.count(); ++ordinal) {
    entries[ordinal] = {index.offset(ordinal), ordinal};
  }
  std::sort(entries.begin(), entries.end(), [](const Numbered& a, const Numbered& b) { return a.offset < b.offset; });
  return entries;
}

}  // namespace

DeltaForest::DeltaForest(const ObjectSources& sources, unsigned threads, std::vector<Gap>& gaps)
    : sources_(sources)
{
  number_packs(threads);
  number_loose(gaps);
  find_parents(threads);
  link_children();
  const std::vector<Node> order = parents_first();
  mark_duplicates();
  count_visits(order);
  put_heaviest_last();
}

void
DeltaForest::number_packs(unsigned threads)
{
  const std::vector<Pack>& packs = sources_.packs();
  first_in_pack_.push_back(0);
  for (const Pack& pack : packs) {
    first_in_pack_.push_back(first_in_pack_.back() + pack.index().count());
  }
  first_loose_ = first_in_pack_.back();
  offset_.resize(first_loose_);
  ordinal_.resize(first_loose_);
  std::atomic<std::size_t> next{0};
  on_threads(std::min<unsigned>(threads, static_cast<unsigned>(packs.size())), [&](unsigned) {
    for (std::size_t pack = next++; pack < packs.size(); pack = next++) {
      Node node = first_in_pack_[pack];
      for (const Numbered& entry : by_offset(packs[pack].index())) {
        offset_[node] = entry.offset;
        ordinal_[node++] = entry.ordinal;
      }
    }
  });
}

void
DeltaForest::number_loose(std::vector<Gap>& gaps)
{
  first_in_directory_.push_back(first_loose_);
  for (const LooseObjects& loose : sources_.loose()) {
    const std::vector<ObjectId> ids = loose.list(gaps);
    loose_ids_.insert(loose_ids_.end(), ids.begin(), ids.end());
    first_in_directory_.push_back(first_loose_ + static_cast<Node>(loose_ids_.size()));
  }
}

PackPlace
DeltaForest::place(Node node) const
{
  const auto after = std::upper_bound(first_in_pack_.begin(), first_in_pack_.end(), node);
  return {static_cast<std::uint32_t>(after - first_in_pack_.begin() - 1), offset_[node]};
}

std::uint32_t
DeltaForest::loose_directory(Node node) const
{
  const auto after = std::upper_bound(first_in_directory_.begin(), first_in_directory_.end(), node);
  return static_cast<std::uint32_t>(after - first_in_directory_.begin() - 1);
}

ObjectId
DeltaForest::id(Node node) const
{
  return is_packed(node) ? sources_.packs()[place(node).pack].index().id(ordinal_[node])
                         : loose_ids_[node - first_loose_];
}

void
DeltaForest::find_parents(unsigned threads)
{
  parent_.assign(std::size_t{first_loose_} + loose_ids_.size(), none);
  std::mutex mutex;
  in_parallel(threads, first_loose_, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const auto node = static_cast<Node>(i);
      DecodeFault fault = DecodeFault::none;
      parent_[node] = parent_of(node, fault);
      if (fault != DecodeFault::none) {
        const std::scoped_lock lock(mutex);
        broken_.push_back({node, fault});
      }
    }
  });
}

Node
DeltaForest::parent_of(Node node, DecodeFault& fault) const
{
  const PackPlace here = place(node);
  const auto entry = sources_.entry(here);
  if (!entry) {
    fault = DecodeFault::bad_header;
    return none;
  }
  if (!is_delta(entry->type)) {
    return none;
  }
  const Node parent = entry->type == EntryType::offset_delta
                          ? node_at(here.pack, entry->base_offset, node)
                          : node_of(ObjectId::from_raw(entry->base, sources_.id_size()), here.pack);
  fault = parent == none ? DecodeFault::missing_base : DecodeFault::none;
  return parent;
}

/// The base of a delta mostly lies a little before it, so the search gallops back from `near`, itself excluded.
Node
DeltaForest::node_at(std::uint32_t pack, std::uint64_t offset, Node near) const
{
  const Node first = first_in_pack_[pack];
  Node begin = near;
  for (Node step = 1; begin > first && offset_[begin] > offset; step *= 2) {
    begin = begin - first > step ? begin - step : first;
  }
  const Node end = offset_[near] > offset ? near : first_in_pack_[pack + 1];
  const auto found = std::lower_bound(offset_.begin() + begin, offset_.begin() + end, offset);
  return found != offset_.begin() + end && *found == offset ? static_cast<Node>(found - offset_.begin()) : none;
}

Node
DeltaForest::node_of(const ObjectId& id, std::uint32_t near_pack) const
{
  const auto here = sources_.find_in(near_pack, id);
  if (const auto place = here ? here : sources_.find_packed(id)) {
    return node_at(place->pack, place->offset, first_in_pack_[place->pack]);
  }
  for (std::size_t i = 0; i + 1 < first_in_directory_.size(); ++i) {
    const auto begin = loose_ids_.begin() + (first_in_directory_[i] - first_loose_);
    const auto end = loose_ids_.begin() + (first_in_directory_[i + 1] - first_loose_);
    if (const auto found = std::lower_bound(begin, end, id); found != end && *found == id) {
      return first_loose_ + static_cast<Node>(found - loose_ids_.begin());
    }
  }
  return none;
}

void
DeltaForest::link_children()
{
  const Node count = node_count();
  child_begin_.assign(std::size_t{count} + 1, 0);
  for (const Node parent : parent_) {
    if (parent != none) {
      ++child_begin_[parent + 1];
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    child_begin_[i + 1] += child_begin_[i];
  }
  children_.resize(child_begin_[count]);
  std::vector<std::uint32_t> next(child_begin_.begin(), child_begin_.end() - 1);
  for (Node node = 0; node < count; ++node) {
    if (parent_[node] != none) {
      children_[next[parent_[node]]++] = node;
    }
  }
}

/// Every node after its parent. What cannot be reached from a root depends on itself.
std::vector<Node>
DeltaForest::parents_first()
{
  std::vector<Node> order;
  order.reserve(node_count());
  std::vector<std::uint8_t> reached(node_count(), 0);
  for (Node node = 0; node < node_count(); ++node) {
    if (parent_[node] == none) {
      order.push_back(node);
      reached[node] = 1;
    }
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const Node child : children(order[i])) {
      order.push_back(child);
      reached[child] = 1;
    }
  }
  for (Node node = 0; order.size() < node_count() && node < node_count(); ++node) {
    if (reached[node] == 0) {
      broken_.push_back({node, DecodeFault::delta_cycle});
    }
  }
  std::sort(broken_.begin(), broken_.end(), [](const BrokenNode& a, const BrokenNode& b) { return a.node < b.node; });
  return order;
}

void
DeltaForest::mark_duplicates()
{
  std::vector<SortedIds> lists;
  for (const Pack& pack : sources_.packs()) {
    lists.push_back({pack.index().count(), [&](std::uint32_t ordinal) { return pack.index().raw_id(ordinal); }});
  }
  for (std::size_t i = 0; i + 1 < first_in_directory_.size(); ++i) {
    const ObjectId* ids = loose_ids_.data() + (first_in_directory_[i] - first_loose_);
    lists.push_back({first_in_directory_[i + 1] - first_in_directory_[i],
                     [ids](std::uint32_t position) { return ids[position].bytes.data(); }});
  }
  if (std::count_if(lists.begin(), lists.end(), [](const SortedIds& list) { return list.count > 0; }) < 2) {
    return;
  }
  std::vector<std::uint8_t> by_ordinal(node_count(), 0);
  for_each_duplicate(lists, sources_.id_size(), [&](std::size_t list, std::uint32_t position) {
    const std::size_t packs = sources_.packs().size();
    by_ordinal[list < packs ? first_in_pack_[list] + position : first_in_directory_[list - packs] + position] = 1;
  });
  duplicate_ = by_ordinal;
  for (std::size_t pack = 0; pack < sources_.packs().size(); ++pack) {
    for (Node node = first_in_pack_[pack]; node < first_in_pack_[pack + 1]; ++node) {
      duplicate_[node] = by_ordinal[first_in_pack_[pack] + ordinal_[node]];
    }
  }
}

void
DeltaForest::count_visits(const std::vector<Node>& order)
{
  visits_.assign(node_count(), 0);
  for (auto node = order.rbegin(); node != order.rend(); ++node) {
    visits_[*node] += is_duplicate(*node) ? 0 : 1;
    if (parent_[*node] != none) {
      visits_[parent_[*node]] += visits_[*node];
    }
  }
}

void
DeltaForest::put_heaviest_last()
{
  const auto lighter = [&](Node a, Node b) { return visits_[a] < visits_[b]; };
  for (Node node = 0; node < node_count(); ++node) {
    const auto begin = children_.begin() + child_begin_[node];
    const auto end = children_.begin() + child_begin_[node + 1];
    if (end - begin > 1) {
      std::iter_swap(std::max_element(begin, end, lighter), end - 1);
    }
  }
}

}  // namespace sluice::git
