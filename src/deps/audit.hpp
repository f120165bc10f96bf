// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/database.hpp"
#include "deps/advisories/exploits.hpp"
#include "deps/advisories/groups.hpp"
#include "deps/fix_route.hpp"
#include "deps/former_packages.hpp"
#include "deps/licence_audit.hpp"
#include "deps/locked_files.hpp"
#include "deps/options.hpp"
#include "deps/release_age.hpp"
#include "deps/ways.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sluice::deps {

/// All entries of a file that are the same package at the same version.
struct Entries
{
  std::vector<PackageId> ids;  ///< in the order of the file
  Package package;             ///< the first, with the scope and directness that count for all
};

/// Whether advisories can speak of it: it is of others, has a version, and is no directory of the project.
[[nodiscard]] bool can_be_judged(const Package& package);

/// Packages of a list that can be judged, in the order of the file.
[[nodiscard]] std::vector<Entries> entries_of(const PackageList& list);

/// One of several vulnerabilities of a hit.
struct HitPart
{
  AdvisoryGroup group;
  std::optional<Exploitation> exploitation;
};

/// What advisories say of one package of one file.
struct Hit
{
  const LockedFile* file = nullptr;  ///< never null
  Entries entries;
  AdvisoryGroup group;
  std::optional<Exploitation> exploitation;
  std::vector<HitPart> parts;           ///< of the group, if it is several vulnerabilities; else empty
  std::optional<std::string> fixed_in;  ///< the lowest version that is itself clean
  Ways ways;
  FixRoute route;
  OwnRuling ruling;       ///< the policy's
  FormerStanding former;  ///< of the entries that had one of its advisories before the change; empty: none had
  /// The file had the package with this advisory before the change, and the policy was no milder with it.
  bool is_older = false;
};

/// What was examined and what it came to.
struct Audit
{
  const DepsOptions* options = nullptr;  ///< never null
  const LockedFiles* locked = nullptr;   ///< never null
  Date today;
  std::vector<Hit> hits;            ///< by file, in its order
  std::vector<YoungRelease> young;  ///< by file, in its order; none unless the options ask
  LicenceAudit licences;            ///< its gaps and notices are the audit's as well
  std::uint64_t judged = 0;         ///< packages, each once a file
  std::map<std::string, std::uint64_t> by_ecosystem;
  std::vector<Gap> gaps;
  std::vector<std::string> notices;
};

/// Judges every package of every file. Errors (ErrorKind::unavailable): an index is damaged.
[[nodiscard]] Result<Audit> audit(const LockedFiles& locked, const Database& database, const DepsOptions& options,
                                  Date today);

}  // namespace sluice::deps
