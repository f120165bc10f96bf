// SPDX-License-Identifier: Apache-2.0
//
// What VEX statements make of vulnerabilities that were found. A statement is about a vulnerability, by any of its
// names, in a product; of several the newest counts.
//
// A product without subcomponents is the package itself. With them it is what holds the package, and then it matters
// what the product is. The project, or an image or anything else that no registry knows: the document is the project's
// own, so it is what is built here. A package of the lockfile: its maker knows how it calls the other, and nothing of
// who else does, so the statement counts only if there is no way to the package around it. A package that is not here:
// somebody else's affair.
//
// A package URL names every version if it has none. Its qualifiers must hold, and of most of them no lockfile tells:
// then the statement does not fit, for a word that excuses is taken for no more than it says.
#pragma once

#include "deps/audit.hpp"
#include "deps/vex.hpp"
#include "deps/vex_holders.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluice::deps {

class VexRulings
{
public:
  /// `documents` must outlive it.
  explicit VexRulings(const std::vector<VexDocument>& documents);

  /// What the newest statement about the hit says, if it rules it out. Keeps in mind what was of use.
  [[nodiscard]] std::optional<OwnRuling> ruling(const Hit& hit);
  /// What statements keep, and those that fit nothing, a sentence each document.
  [[nodiscard]] std::vector<std::string> notices() const;

private:
  struct Reference
  {
    const VexDocument* document = nullptr;
    const VexStatement* statement = nullptr;
  };

  [[nodiscard]] const Reference* newest(const Hit& hit);

  const std::vector<VexDocument>& documents_;
  std::vector<Reference> statements_;
  std::vector<bool> used_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;  ///< in lower case
  std::unordered_map<const PackageList*, VexHolders> holders_;
  std::vector<std::string> kept_;
};

/// Rules on every hit that the policy does not ignore already, and adds what there is to say.
void apply_vex(const std::vector<VexDocument>& documents, Audit& audit);

}  // namespace sluice::deps
