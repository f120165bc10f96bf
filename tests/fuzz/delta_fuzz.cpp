// SPDX-License-Identifier: Apache-2.0

// Any bytes as a delta of any base: nothing may be read or written out of bounds, and what is not reported as fresh
// must be in the base in one piece, or a scanner would skip what nobody has examined.
#include "fuzz/require.hpp"
#include "git/objects/delta.hpp"

#include <string>

namespace {

void
check_fresh(std::string_view base, std::string_view content, std::span<const sluice::git::ByteRange> fresh)
{
  std::uint64_t begin = 0;
  for (const auto& range : fresh) {
    require(begin <= range.begin && range.begin < range.end && range.end <= content.size());
    require(base.find(content.substr(begin, range.begin - begin)) != std::string_view::npos);
    begin = range.end;
  }
  require(base.find(content.substr(begin)) != std::string_view::npos);
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  if (size == 0) {
    return 0;
  }
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t base_size = std::min<std::size_t>(data[0], size - 1);
  const std::string base(input.substr(1, base_size));
  const std::string delta(input.substr(1 + base_size));
  const auto header = sluice::git::parse_delta(delta);
  constexpr std::uint64_t largest = 1U << 20U;
  if (!header || header->result_size > largest) {
    return 0;
  }
  std::string content(header->result_size, '\0');
  sluice::git::FreshRanges fresh;
  if (sluice::git::apply_delta(base, *header, content.data(), &fresh)) {
    check_fresh(base, content, fresh.ranges());
  }
  return 0;
}
