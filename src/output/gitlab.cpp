// SPDX-License-Identifier: Apache-2.0
#include "output/gitlab.hpp"

#include "base/hash.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace sluice::output {

std::string
UniqueIdentities::next(const Finding& finding)
{
  // Without a fingerprint there is still a rule and a place to tell findings apart by.
  const std::string& own = finding.fingerprint.hex;
  const std::string base =
      own.empty() ? to_hex(sha256(fmt::format("{}\n{}", rule_of(finding).id, finding.where.path))) : own;
  const std::size_t nth = ++times_seen_[base];
  return nth == 1 ? base : to_hex(sha256(fmt::format("{}\n{}", base, nth)));
}

}  // namespace sluice::output
