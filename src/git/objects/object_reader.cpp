// SPDX-License-Identifier: Apache-2.0
//
// One object by its id. Its chain of deltas is followed without recursion down to an object that is stored whole or was
// needed lately, then the deltas are applied on the way back and every step is kept in the cache: whoever reads history
// asks for the neighbours next.
#include "git/objects/object_reader.hpp"

#include "git/objects/pack_decoder.hpp"

namespace sluice::git {

namespace {

constexpr std::uint64_t base_limit = 512U << 20U;

/// What a thread uses again from one read to the next.
struct Scratch
{
  PackDecoder decoder;
  Buffer content;
};

Scratch&
scratch()
{
  constexpr std::size_t largest_kept = std::size_t{4} << 20U;
  thread_local Scratch mine;
  if (mine.content.capacity() > largest_kept) {
    mine.content = Buffer();
  }
  return mine;
}

std::shared_ptr<const CachedObject>
shared_copy(ObjectKind kind, std::string_view content)
{
  return std::make_shared<const CachedObject>(CachedObject{kind, std::string(content)});
}

/// Notices that a chain came back to where it was, in constant memory: remembers the place at each power of two
/// (Brent's algorithm).
class CycleDetector
{
public:
  bool
  returned_to(PackPlace place)
  {
    if (place == remembered_) {
      return true;
    }
    if (++steps_ == limit_) {
      remembered_ = place;
      limit_ *= 2;
    }
    return false;
  }

private:
  PackPlace remembered_{};
  std::uint64_t steps_ = 0;
  std::uint64_t limit_ = 1;
};

}  // namespace

Result<Object>
ObjectReader::read(const ObjectId& id, std::uint64_t max_bytes) const
{
  DecodeFault fault = DecodeFault::missing;
  const auto first = sources_.find_packed(id);
  if (first) {
    const Outcome outcome = read_packed(*first, id, max_bytes);
    if (outcome.object) {
      return Object{outcome.object->kind, outcome.object->content};
    }
    fault = outcome.fault;
  }
  for (std::uint32_t pack = 0; first && pack < sources_.packs().size(); ++pack) {
    const auto place = sources_.find_in(pack, id);
    if (const Outcome outcome = place && place != first ? read_packed(*place, id, max_bytes) : Outcome();
        outcome.object) {
      return Object{outcome.object->kind, outcome.object->content};
    }
  }
  const Outcome outcome = read_loose(id, max_bytes);
  if (outcome.object) {
    return Object{outcome.object->kind, outcome.object->content};
  }
  return fail(ErrorKind::input, "object {} {}", id.hex(), explain(first ? fault : outcome.fault));
}

ObjectReader::Outcome
ObjectReader::read_packed(PackPlace place, const ObjectId& id, std::uint64_t max_bytes) const
{
  std::vector<Link> links;
  Outcome base = find_base(place, max_bytes, links);
  if (!base.object) {
    return base;
  }
  Outcome outcome = apply(std::move(base.object), links, max_bytes);
  if (outcome.object && outcome.object->content.size() > max_bytes) {
    return {DecodeFault::too_large, nullptr};
  }
  // Nothing binds the places in an index to the names beside them.
  if (outcome.object && ObjectId::of(outcome.object->kind, outcome.object->content, id.size) != id) {
    return {DecodeFault::wrong_name, nullptr};
  }
  return outcome;
}

ObjectReader::Outcome
ObjectReader::find_base(PackPlace place, std::uint64_t max_bytes, std::vector<Link>& links) const
{
  CycleDetector cycle;
  while (true) {
    if (Base cached = cache_.find(place)) {
      return {DecodeFault::none, std::move(cached)};
    }
    const auto entry = sources_.entry(place);
    if (!entry) {
      return {DecodeFault::bad_header, nullptr};
    }
    if (!is_delta(entry->type)) {
      auto& [decoder, content] = scratch();
      const std::uint64_t limit = links.empty() ? max_bytes : std::max(max_bytes, base_limit);
      const DecodeFault fault = decoder.whole(*entry, limit, content);
      if (fault != DecodeFault::none) {
        return {fault, nullptr};
      }
      Base object = shared_copy(static_cast<ObjectKind>(entry->type), content.view());
      cache_.add(place, object);
      return {DecodeFault::none, std::move(object)};
    }
    links.push_back({place, *entry});
    const auto next = base_place(links.back());
    if (!next) {
      const ObjectId id = ObjectId::from_raw(entry->base, sources_.id_size());
      const Outcome loose = read_loose(id, std::max(max_bytes, base_limit));
      return {loose.fault == DecodeFault::missing ? DecodeFault::missing_base : loose.fault, loose.object};
    }
    if (cycle.returned_to(*next)) {
      return {DecodeFault::delta_cycle, nullptr};
    }
    place = *next;
  }
}

std::optional<PackPlace>
ObjectReader::base_place(const Link& link) const
{
  if (link.entry.type == EntryType::offset_delta) {
    return PackPlace{link.place.pack, link.entry.base_offset};
  }
  const ObjectId id = ObjectId::from_raw(link.entry.base, sources_.id_size());
  const auto here = sources_.find_in(link.place.pack, id);
  return here ? here : sources_.find_packed(id);
}

ObjectReader::Outcome
ObjectReader::apply(Base base, const std::vector<Link>& links, std::uint64_t max_bytes) const
{
  for (auto link = links.rbegin(); link != links.rend(); ++link) {
    const bool is_last = std::next(link) == links.rend();
    const std::uint64_t limit = is_last ? max_bytes : std::max(max_bytes, base_limit);
    auto& [decoder, content] = scratch();
    const DecodeFault fault = decoder.delta(link->entry, base->content, limit, content, nullptr);
    if (fault != DecodeFault::none) {
      return {fault, nullptr};
    }
    base = shared_copy(base->kind, content.view());
    cache_.add(link->place, base);
  }
  return {DecodeFault::none, std::move(base)};
}

ObjectReader::Outcome
ObjectReader::read_loose(const ObjectId& id, std::uint64_t max_bytes) const
{
  Outcome outcome{DecodeFault::missing, nullptr};
  for (const LooseObjects& loose : sources_.loose()) {
    LooseObject object;
    const DecodeFault fault = loose.read(id, max_bytes, scratch().decoder.inflater(), object);
    if (fault == DecodeFault::none) {
      return {fault, shared_copy(object.kind, object.content)};
    }
    if (outcome.fault == DecodeFault::missing) {
      outcome.fault = fault;
    }
  }
  return outcome;
}

}  // namespace sluice::git
