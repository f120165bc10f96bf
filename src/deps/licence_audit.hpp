// SPDX-License-Identifier: Apache-2.0
//
// Every package's licence against the policy. A lockfile tells of licences if its format has room for them and the tool
// filled it; most do not. What one file does not tell another of the repository may: a bill of materials beside a
// lockfile is what people add for this, so a package's licence is what any file says of the same package at the same
// version. A file none of whose packages anybody tells of is one gap, and no thousand findings.
#pragma once

#include "deps/licence_policy.hpp"
#include "deps/locked_files.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sluice::deps {

/// A package that does not pass.
struct LicenceHit
{
  const LockedFile* file = nullptr;  ///< never null
  Package package;
  std::string licence;     ///< as it is told; empty: nobody tells
  std::string told_by;     ///< the path of the file that says so; empty: its own
  LicenceVerdict verdict;  ///< never `passes`
  std::string unreadable;  ///< why `licence` is no expression: "leads to a file"; empty: it is one
  std::optional<OwnRuling> ruling;
  bool is_older = false;  ///< the package was under the same licence before the change
};

struct LicenceAudit
{
  std::vector<LicenceHit> hits;  ///< by file, in its order
  std::uint64_t judged = 0;      ///< packages of which a licence is told
  std::vector<Gap> gaps;
  std::vector<std::string> notices;
};

/// Empty where there is no policy.
[[nodiscard]] LicenceAudit audit_licences(const LockedFiles& locked, const LicenceOptions& options, Date today);

}  // namespace sluice::deps
