// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "finding/finding.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Findings that were there before the gate was: they are shown, never fail, and die with their fingerprint.
class Baseline
{
public:
  struct Entry
  {
    std::string rule;
    std::string place;  ///< for people; not compared
  };

  /// Reads the JSON that `text()` writes. `name` is for messages.
  [[nodiscard]] static Result<Baseline> parse(std::string_view json, std::string_view name);

  void add(const Finding& finding);
  [[nodiscard]] bool contains(const Finding& finding) const;
  [[nodiscard]] const std::map<std::string, Entry>&
  entries() const
  {
    return entries_;
  }

  /// Canonical text: sorted, one entry per line, so that a diff of it can be reviewed.
  [[nodiscard]] std::string text() const;

private:
  std::map<std::string, Entry> entries_;  ///< by fingerprint
};

}  // namespace sluice
