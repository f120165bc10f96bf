// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/matching.hpp"
#include "finding/severity.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sluice::deps {

/// Advisories that belong together: connected by aliases, upstream and related ids, however many steps that takes.
/// Aliases are one vulnerability, and so is a record with the only one that it passes on. What is related is similar
/// and not the same: a word about one says nothing of the other.
struct AdvisoryGroup
{
  std::vector<std::string> ids;       ///< of the records, sorted; never empty
  std::vector<std::string> aliases;   ///< every other name, sorted
  std::vector<std::string> upstream;  ///< vulnerabilities of which a record passes on several, sorted
  std::string summary;
  std::string reference;
  std::string published;             ///< the earliest, RFC 3339; may be empty
  std::optional<double> score;       ///< the highest
  std::optional<Severity> severity;  ///< the highest; nothing if none is rated
  bool is_malware = false;
  std::vector<AdvisoryGroup> vulnerabilities;  ///< that it is made of, each one; empty if it is one itself

  /// Every name of it, and of what it passes on.
  [[nodiscard]] std::vector<std::string> names() const;
  /// Names that a word about it may use: who speaks of one of several that a record passes on does not speak of all.
  [[nodiscard]] std::vector<std::string> own_names() const;
  /// What people call it: the CVE or GHSA id of the first record that has one as its own, else the first id.
  [[nodiscard]] const std::string& title() const;
};

/// One group of several, by their first ids; `groups` are not empty.
[[nodiscard]] AdvisoryGroup merged(std::vector<AdvisoryGroup> groups);

/// Sorted by their first id.
[[nodiscard]] std::vector<AdvisoryGroup> grouped(const Index& index, const std::vector<index::Affected>& rows);

}  // namespace sluice::deps
