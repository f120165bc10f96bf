// SPDX-License-Identifier: Apache-2.0
#include "git/objects/pack_decoder.hpp"

namespace sluice::git {

DecodeFault
PackDecoder::whole(const PackEntry& entry, std::uint64_t max_bytes, Buffer& result)
{
  if (entry.size > max_bytes) {
    return DecodeFault::too_large;
  }
  if (!result.resize(entry.size)) {
    return DecodeFault::no_memory;
  }
  return inflater_.exactly(entry.compressed, {result.data(), result.size()});
}

DecodeFault
PackDecoder::delta(const PackEntry& entry, std::string_view base, std::uint64_t max_bytes, Buffer& result,
                   FreshRanges* fresh)
{
  if (const DecodeFault fault = whole(entry, max_bytes, delta_); fault != DecodeFault::none) {
    return fault;
  }
  const auto header = parse_delta(delta_.view());
  if (!header) {
    return DecodeFault::bad_delta;
  }
  if (header->result_size > max_bytes) {
    return DecodeFault::too_large;
  }
  if (!result.resize(header->result_size)) {
    return DecodeFault::no_memory;
  }
  return apply_delta(base, *header, result.data(), fresh) ? DecodeFault::none : DecodeFault::bad_delta;
}

}  // namespace sluice::git
