// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "git/worktree/index.hpp"

#include <string_view>
#include <vector>

namespace sluice::git {

/// Reads the extension `link` of an index. Errors: ErrorKind::input, naming `name`.
[[nodiscard]] Result<IndexLink> parse_index_link(std::string_view extension, std::uint8_t id_size,
                                                 std::string_view name);

/// The entries of a split index: those of the shared one, without what its link deletes and with what it replaces, and
/// its own, in the order of paths. Errors: ErrorKind::input, naming `name`, if the two do not fit together.
[[nodiscard]] Result<std::vector<IndexEntry>> joined_index(ParsedIndex own, std::vector<IndexEntry> shared,
                                                           std::string_view name);

}  // namespace sluice::git
