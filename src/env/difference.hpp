// SPDX-License-Identifier: Apache-2.0
//
// Where the readers of one dotenv file make different things of a line, and in which way. Where there is but one reader
// it is compared with what is written, in the few ways that surprise whoever wrote it.
#pragma once

#include "env/dotenv_file.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

enum class DifferenceKind {
  refused,       ///< one takes nothing of the file
  dropped,       ///< one has no such key
  truncated,     ///< cut at a #
  comment_kept,  ///< a comment is part of the value
  quotes_kept,
  blank_kept,  ///< a blank at the end is part of the value
  executed,
  expanded,       ///< a reference is replaced, or what looks like one
  escapes,        ///< a backslash counts for one and not for the other
  value_missing,  ///< for one the key has no value, for the other an empty one
  other,
};

/// One key that readers read differently.
struct Difference
{
  DifferenceKind kind = DifferenceKind::other;
  const Entry* entry = nullptr;       ///< where it stands; null of `refused`
  std::uint32_t line = 0;             ///< of `refused`
  std::vector<const Reader*> tools;   ///< that do what `kind` says, or, of `other`, all
  std::vector<const Reader*> others;  ///< readers that do not; empty: there is but one reader
};

/// By line. Values are compared in memory and never told.
[[nodiscard]] std::vector<Difference> differences_of(const DotenvFile& file);

/// "truncated at #", "quotes kept", …
[[nodiscard]] std::string_view text_of(DifferenceKind kind);

}  // namespace sluice::env
