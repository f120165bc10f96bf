// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/objects/buffer.hpp"
#include "git/objects/delta.hpp"
#include "git/objects/inflate.hpp"
#include "git/objects/pack_file.hpp"

namespace sluice::git {

/// Turns entries of a pack into the bytes of objects, one thread's worth of scratch space at a time. Declared sizes are
/// compared with the limit before anything is allocated for them.
class PackDecoder
{
public:
  /// An entry that is no delta. Faults: too_large, no_memory, bad_stream, wrong_size.
  [[nodiscard]] DecodeFault whole(const PackEntry& entry, std::uint64_t max_bytes, Buffer& result);

  /// A delta of `base`. Faults: also bad_delta. `fresh` may be null.
  [[nodiscard]] DecodeFault delta(const PackEntry& entry, std::string_view base, std::uint64_t max_bytes,
                                  Buffer& result, FreshRanges* fresh);

  [[nodiscard]] Inflater&
  inflater()
  {
    return inflater_;
  }

private:
  Inflater inflater_;
  Buffer delta_;
};

}  // namespace sluice::git
