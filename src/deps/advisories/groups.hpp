// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/matching.hpp"
#include "finding/severity.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sluice::deps {

/// Advisories about one thing: connected by aliases and related ids, however many steps that takes.
struct AdvisoryGroup
{
  std::vector<std::string> ids;      ///< of the records, sorted; never empty
  std::vector<std::string> aliases;  ///< every other name, sorted
  std::string summary;
  std::string reference;
  std::string published;             ///< the earliest, RFC 3339; may be empty
  std::optional<double> score;       ///< the highest
  std::optional<Severity> severity;  ///< the highest; nothing if none is rated
  bool is_malware = false;

  /// Every name of it.
  [[nodiscard]] std::vector<std::string> names() const;
  /// What people call it: the CVE or GHSA id of the first record that has one as its own, else the first id.
  [[nodiscard]] const std::string& title() const;
};

/// Sorted by their first id.
[[nodiscard]] std::vector<AdvisoryGroup> grouped(const Index& index, const std::vector<index::Affected>& rows);

}  // namespace sluice::deps
