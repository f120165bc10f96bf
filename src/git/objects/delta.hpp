// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/object_store.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sluice::git {

/// What a delta says of itself before its instructions.
struct DeltaHeader
{
  std::uint64_t base_size = 0;
  std::uint64_t result_size = 0;
  std::string_view instructions;
};

/// Nothing if the delta ends within its header or a size exceeds 63 bits.
[[nodiscard]] std::optional<DeltaHeader> parse_delta(std::string_view delta);

/// Collects what of an object its base does not hold (ObjectView::fresh): in order, disjoint, merged where they touch.
class FreshRanges
{
public:
  void
  clear()
  {
    ranges_.clear();
  }

  void insert(std::uint64_t begin, std::uint64_t end);

  /// A place between two bytes, neither of which is new: the byte before and the byte after, as far as they are there.
  void joint(std::uint64_t place, std::uint64_t content_size);

  [[nodiscard]] std::span<const ByteRange>
  ranges() const
  {
    return ranges_;
  }
  [[nodiscard]] std::uint64_t byte_count() const;

private:
  /// A delta that alternates single bytes would need more memory for its ranges than for its content: from here on the
  /// last range grows over what lies between.
  static constexpr std::size_t most_ranges = 65536;
  std::vector<ByteRange> ranges_;
};

/// Writes `header.result_size` bytes to `target`. False, with an undefined part of it written, if the delta does not
/// fit `base` or does not fill the result exactly. `fresh` may be null; it is cleared first.
[[nodiscard]] bool apply_delta(std::string_view base, const DeltaHeader& header, char* target, FreshRanges* fresh);

}  // namespace sluice::git
