// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/objects/base_cache.hpp"
#include "git/objects/decode_fault.hpp"
#include "git/objects/object_sources.hpp"

namespace sluice::git {

/// Random access to objects, from any thread.
class ObjectReader
{
public:
  explicit ObjectReader(const ObjectSources& sources)
      : sources_(sources)
  {}

  /// Tries every copy until one can be read and is what its name says. The limit holds for the object; its bases may
  /// have the default limit.
  [[nodiscard]] Result<Object> read(const ObjectId& id, std::uint64_t max_bytes) const;

private:
  using Base = std::shared_ptr<const CachedObject>;

  /// An object, or why there is none.
  struct Outcome
  {
    DecodeFault fault = DecodeFault::none;
    Base object;
  };
  struct Link
  {
    PackPlace place;
    PackEntry entry;
  };

  [[nodiscard]] Outcome read_packed(PackPlace place, const ObjectId& id, std::uint64_t max_bytes) const;
  /// The nearest base of `place` that is at hand, and the deltas that lead from there back, last one first.
  [[nodiscard]] Outcome find_base(PackPlace place, std::uint64_t max_bytes, std::vector<Link>& links) const;
  [[nodiscard]] Outcome apply(Base base, const std::vector<Link>& links, std::uint64_t max_bytes) const;
  [[nodiscard]] Outcome read_loose(const ObjectId& id, std::uint64_t max_bytes) const;
  [[nodiscard]] std::optional<PackPlace> base_place(const Link& link) const;

  const ObjectSources& sources_;
  mutable BaseCache cache_;
};

}  // namespace sluice::git
