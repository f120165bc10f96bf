// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/backup_contents.hpp"

#include <string>
#include <vector>

namespace sluice::promote {

/// What a source held when its dump was taken.
struct BackupSource
{
  BackupContents before;
  BackupContents after;  ///< the same if the dump is of the snapshot that was counted
};

/// What a restored dump has not as its source had it, a clause each: "table public.orders is missing", "public.orders
/// has 90 rows, not 100". Empty: nothing.
///
/// Everything must be as it was before or as it was after the dump, and rows as many as at either time or in between.
/// Parentheses and casts do not count: PostgreSQL writes `IN (…)` of a varchar anew with each restore.
[[nodiscard]] std::vector<std::string> differences_of(const BackupContents& restored, const BackupSource& source);

/// An expression of SQL without blanks, parentheses and casts.
[[nodiscard]] std::string bare_expression(std::string_view expression);

}  // namespace sluice::promote
