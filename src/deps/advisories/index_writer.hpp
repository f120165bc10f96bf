// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/index.hpp"
#include "deps/advisories/record.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// What an index says of itself.
struct IndexOrigin
{
  std::string ecosystem;  ///< without suffix
  std::string source;
  std::chrono::sys_seconds built{};
  std::uint64_t previous_records = 0;
};

struct WrittenIndex
{
  std::string bytes;
  std::uint64_t unjudgeable = 0;  ///< records with a range or a list that cannot be compared with any version
};

/// The index of those of `records` that speak of the ecosystem, whatever its suffix. Withdrawn ones are left out. Of
/// several with one id the last counts. The same records give the same bytes. Errors (ErrorKind::input): a section
/// would have more than `most_places` rows, or bytes.
[[nodiscard]] Result<WrittenIndex> write_index(std::span<const Record> records, const IndexOrigin& origin,
                                               std::uint64_t most_places = std::numeric_limits<std::uint32_t>::max());

/// What `write_index` was given, as far as the index keeps it.
[[nodiscard]] std::vector<Record> records_of(const Index& index);

}  // namespace sluice::deps
