// SPDX-License-Identifier: Apache-2.0
//
// What a change moves is not new, and what it copies is. A secret that stands at a path afterwards and did not before
// was moved there if the same change took it away from another path; each such path accounts for one other. (A file
// that is split and has it in both halves is a move and a copy.) Only places count at which the secret is reported: of
// what lies in an excluded path, or is suppressed where it stands, nobody was ever told, so that its way to another
// place is the first that anybody hears of it.
#pragma once

#include "base/hash.hpp"
#include "finding/finding.hpp"
#include "secrets/examination.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace sluice::secrets {

/// The secrets of a text at `path` that are reported there: none in an excluded path, none that policy suppresses.
[[nodiscard]] std::set<Sha256> told_at(const Assignment& assignment, LeakCollection leaks, const std::string& path);

/// Where one change puts secrets and where it takes them from.
class Displacement
{
public:
  /// What was told at a path before; of several versions (parents of a merge) the union.
  void add_before(const std::string& path, const std::set<Sha256>& told);
  /// What is at a path that the change brings; a path that it brings without a secret must be added too.
  void add_after(const std::string& path, const std::set<Sha256>& secrets);

  /// Finds out what went where. `is_gone` is asked whether a secret that was at a path of which nothing is known
  /// afterwards is really no longer there.
  void settle(const std::function<bool(const std::string& path, const Sha256& secret)>& is_gone =
                  [](const auto&, const auto&) { return true; });

  /// Secrets that the change did not bring to `path`: they were there, or it moved them there.
  [[nodiscard]] std::set<Sha256> known_at(const std::string& path) const;
  [[nodiscard]] const std::map<Sha256, std::vector<Move>>&
  moves() const
  {
    return moves_;
  }

private:
  std::map<std::string, std::set<Sha256>> before_, after_;
  std::map<Sha256, std::vector<Move>> moves_;
};

}  // namespace sluice::secrets
