// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"

#include <string>

namespace sluice {

/// What keeps something from being examined. Closed: policies accept gaps by kind, so a new one is a decision.
enum class GapKind {
  no_input,        ///< a gate that was called by name found nothing of its kind
  no_repository,   ///< there is no repository, or it cannot be opened
  no_range,        ///< which commits to examine cannot be found out
  no_reason,       ///< a gate examined nothing and did not say why
  shallow,         ///< the clone ends before the history does
  missing_object,  ///< named by the repository and not in it
  corrupt_object,
  unreadable,      ///< a file or directory that cannot be opened
  undecodable,     ///< not in an encoding that is known
  unparsable,      ///< not what its format says
  unknown_format,  ///< a version or kind of document that this version of Sluice does not know
  unjudged,        ///< read, but there is no telling what it does
  too_large,
  too_many,
  submodule,  ///< a repository of its own
  lfs,        ///< kept by Git LFS outside the repository
  not_checked_out,
  unmerged,  ///< in conflict
  not_run,   ///< the tool that the files are for skips it
  no_data,   ///< the data set lacks what it would be judged by
  stale_data,
  unobserved,  ///< a running service that could not be looked at
  waiting,     ///< time must pass, or a person must decide
};

template<> struct EnumNames<GapKind>
{
  static constexpr std::array<std::string_view, 23> names{
      "no-input",       "no-repository", "no-range",    "no-reason",  "shallow",         "missing-object",
      "corrupt-object", "unreadable",    "undecodable", "unparsable", "unknown-format",  "unjudged",
      "too-large",      "too-many",      "submodule",   "lfs",        "not-checked-out", "unmerged",
      "not-run",        "no-data",       "stale-data",  "unobserved", "waiting"};
};

/// Something that was not examined, and why. Never dropped: it makes a run incomplete unless it is accepted.
struct Gap
{
  GapKind kind = GapKind::unjudged;
  std::string subject;  ///< "vendor/lib", "object 1a2b…", "supabase/migrations/3.sql:12"; never empty
  std::string why;      ///< a sentence without a final stop
  std::string fix;      ///< what to do about it, in the imperative; may hold several lines; may be empty
};

/// Whether a policy may accept gaps of this kind. Where nothing at all was examined, accepting it would accept
/// anything; "no input" is the one of these that a repository may rightly have.
[[nodiscard]] constexpr bool
is_acceptable(GapKind kind)
{
  return kind > GapKind::no_reason || kind == GapKind::no_input;
}

}  // namespace sluice
