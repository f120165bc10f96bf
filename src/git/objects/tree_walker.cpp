// SPDX-License-Identifier: Apache-2.0
//
// Depth first, with a stack of our own: chains of a hostile pack can be a hundred thousand deep. An object's content
// must stay until its last delta was applied. The child with the most below it comes last, and then the parent's
// content is given back before the descent: so a frame below the top always has the heavier part still to come, and of
// n objects never more than log2(n) contents are kept. Even that is too much where they are huge, so the contents
// furthest from the top are dropped beyond a budget, and decoded again from the root when their turn comes.
#include "git/objects/tree_walker.hpp"

#include <cstring>

namespace sluice::git {

void
TreeWalker::run()
{
  while (auto task = shared_.queue.take()) {
    for (const Node root : task->roots) {
      walk_root(root);
    }
    if (task->frame) {
      kept_bytes_ += task->frame->content.size();
      stack_.push_back(std::move(*task->frame));
      walk_stack();
    }
    shared_.queue.done();
  }
  report_progress();
}

void
TreeWalker::walk_root(Node root)
{
  Frame frame;
  frame.node = root;
  frame.id = shared_.forest.id(root);
  if (const DecodeFault fault = decode_root(frame); fault != DecodeFault::none) {
    fail_tree(root, fault);
    return;
  }
  // A loose object's kind is known only now.
  if (!wants(shared_.request, frame.kind)) {
    pool_.give_back(std::move(frame.storage));
    return;
  }
  show(frame, nullptr);
  push(std::move(frame));
  walk_stack();
}

void
TreeWalker::walk_stack()
{
  while (!stack_.empty()) {
    if (shared_.queue.is_hungry()) {
      share();
    }
    Frame& top = stack_.back();
    if (!prepare(top)) {
      pop();
      continue;
    }
    const Node child = top.pending.front();
    top.pending = top.pending.subspan(1);
    walk_child(top, child);
  }
}

/// False if there is nothing left to do for this frame.
bool
TreeWalker::prepare(Frame& frame)
{
  while (!frame.pending.empty() && shared_.forest.visits(frame.pending.front()) == 0) {
    frame.pending = frame.pending.subspan(1);
  }
  if (frame.pending.empty() || !frame.is_evicted) {
    return !frame.pending.empty();
  }
  if (restore(frame) == DecodeFault::none) {
    return true;
  }
  for (const Node child : frame.pending) {
    fail_tree(child, DecodeFault::failed_base);
  }
  return false;
}

void
TreeWalker::walk_child(Frame& parent, Node child)
{
  Frame frame;
  frame.node = child;
  frame.id = shared_.forest.id(child);
  frame.kind = parent.kind;
  frame.storage = pool_.take();
  // A base that is there twice is shown elsewhere, maybe later: what its delta copies counts as new.
  const bool base_was_shown = !shared_.forest.is_duplicate(parent.node);
  const ObjectId base = parent.id;
  const DecodeFault fault = decode_delta(parent.content, frame, base_was_shown ? &fresh_ : nullptr);
  if (parent.pending.empty()) {
    pop();
  }
  if (fault != DecodeFault::none) {
    pool_.give_back(std::move(frame.storage));
    fail_tree(child, fault);
    return;
  }
  show(frame, base_was_shown ? &base : nullptr);
  push(std::move(frame));
}

DecodeFault
TreeWalker::decode_root(Frame& frame)
{
  const DeltaForest& forest = shared_.forest;
  if (forest.is_packed(frame.node)) {
    const auto entry = shared_.sources.entry(forest.place(frame.node));
    if (!entry || is_delta(entry->type)) {
      return DecodeFault::bad_header;
    }
    frame.kind = static_cast<ObjectKind>(entry->type);
    frame.storage = pool_.take();
    const DecodeFault fault = decoder_.whole(*entry, shared_.request.max_object_bytes, frame.storage);
    frame.content = frame.storage.view();
    return fault;
  }
  LooseObject object;
  object.storage = pool_.take();
  const DecodeFault fault = shared_.sources.loose()[forest.loose_directory(frame.node)].read(
      frame.id, shared_.request.max_object_bytes, decoder_.inflater(), object);
  outcome_.totals.stored_bytes += object.file_size;
  frame.kind = object.kind;
  frame.storage = std::move(object.storage);
  frame.content = object.content;
  return fault;
}

DecodeFault
TreeWalker::decode_delta(std::string_view base, Frame& frame, FreshRanges* fresh)
{
  const auto entry = shared_.sources.entry(shared_.forest.place(frame.node));
  if (!entry) {
    return DecodeFault::bad_header;
  }
  const DecodeFault fault = decoder_.delta(*entry, base, shared_.request.max_object_bytes, frame.storage, fresh);
  frame.content = frame.storage.view();
  return fault;
}

/// Decodes an evicted frame's object again, from its root down.
DecodeFault
TreeWalker::restore(Frame& frame)
{
  std::vector<Node> path;
  Frame step;
  step.node = frame.node;
  for (; shared_.forest.parent(step.node) != DeltaForest::none; step.node = shared_.forest.parent(step.node)) {
    path.push_back(step.node);
  }
  step.id = shared_.forest.id(step.node);
  DecodeFault fault = decode_root(step);
  Frame next;
  for (auto node = path.rbegin(); node != path.rend() && fault == DecodeFault::none; ++node) {
    next.node = *node;
    fault = decode_delta(step.content, next, nullptr);
    std::swap(step, next);
  }
  if (fault == DecodeFault::none) {
    frame.storage = std::move(step.storage);
    frame.content = step.content;
    frame.is_evicted = false;
    kept_bytes_ += frame.content.size();
    evict();
  }
  return fault;
}

void
TreeWalker::show(const Frame& frame, const ObjectId* base)
{
  if (shared_.forest.is_duplicate(frame.node)) {
    return;
  }
  const ByteRange all{0, frame.content.size()};
  const std::span whole(&all, frame.content.empty() ? 0U : 1U);
  const std::span<const ByteRange> fresh = base != nullptr ? fresh_.ranges() : whole;
  WalkTotals& totals = outcome_.totals;
  ++totals.objects;
  totals.inflated_bytes += frame.content.size();
  for (const ByteRange& range : fresh) {
    totals.fresh_bytes += range.end - range.begin;
  }
  shared_.visit({frame.id, frame.kind, frame.content, fresh, base}, thread_);
  constexpr std::uint64_t objects_per_report = 64;
  if (++unreported_ == objects_per_report) {
    report_progress();
  }
}

void
TreeWalker::report_progress()
{
  if (shared_.request.progress != nullptr) {
    shared_.request.progress->fetch_add(unreported_, std::memory_order_relaxed);
  }
  unreported_ = 0;
}

void
TreeWalker::push(Frame frame)
{
  frame.pending = shared_.forest.children(frame.node);
  if (frame.pending.empty()) {
    pool_.give_back(std::move(frame.storage));
    return;
  }
  kept_bytes_ += frame.content.size();
  stack_.push_back(std::move(frame));
  evict();
}

void
TreeWalker::pop()
{
  kept_bytes_ -= stack_.back().content.size();
  pool_.give_back(std::move(stack_.back().storage));
  stack_.pop_back();
}

void
TreeWalker::evict()
{
  for (auto frame = stack_.begin(); kept_bytes_ > shared_.kept_bytes_limit && frame + 1 < stack_.end(); ++frame) {
    if (!frame->is_evicted) {
      kept_bytes_ -= frame->content.size();
      frame->content = {};
      frame->storage = Buffer();
      frame->is_evicted = true;
    }
  }
}

/// Gives another thread half of what is pending nearest to the root, where the most work is.
void
TreeWalker::share()
{
  constexpr std::uint64_t least_visits = 16;
  for (Frame& frame : stack_) {
    const std::size_t pending = frame.pending.size();
    if (pending == 0 || (pending == 1 && &frame == &stack_.back())) {
      continue;
    }
    if (shared_.forest.visits(frame.pending.back()) * pending >= least_visits) {
      give_part_of(frame, std::max<std::size_t>(pending / 2, 1));
      return;
    }
  }
}

void
TreeWalker::give_part_of(Frame& frame, std::size_t count)
{
  Frame gift;
  gift.node = frame.node;
  gift.id = frame.id;
  gift.kind = frame.kind;
  gift.pending = frame.pending.last(count);
  frame.pending = frame.pending.first(frame.pending.size() - count);
  gift.is_evicted = frame.is_evicted || !gift.storage.resize(frame.content.size());
  if (!gift.is_evicted && !frame.content.empty()) {
    std::memcpy(gift.storage.data(), frame.content.data(), frame.content.size());
    gift.content = gift.storage.view();
  }
  shared_.queue.give(std::move(gift));
}

void
TreeWalker::fail_tree(Node node, DecodeFault fault)
{
  std::vector<Node> rest{node};
  while (!rest.empty()) {
    const Node next = rest.back();
    rest.pop_back();
    fail_one(next, next == node ? fault : DecodeFault::failed_base);
    for (const Node child : shared_.forest.children(next)) {
      rest.push_back(child);
    }
  }
}

void
TreeWalker::fail_one(Node node, DecodeFault fault)
{
  if (!shared_.forest.is_duplicate(node)) {
    outcome_.failures.push_back({node, fault});
  }
}

}  // namespace sluice::git
