// SPDX-License-Identifier: Apache-2.0
#include "finding/suppression.hpp"

#include "base/glob.hpp"

#include <algorithm>

namespace sluice {

namespace {

bool
path_fits(const Glob& glob, const Finding& finding)
{
  return glob.matches(finding.where.path)
         || std::any_of(finding.related.begin(), finding.related.end(),
                        [&glob](const RelatedPlace& place) { return glob.matches(place.where.path); });
}

}  // namespace

bool
covers(const Suppression& suppression, const Finding& finding)
{
  if (!suppression.rule.empty() && suppression.rule != finding.rule->id) {
    return false;
  }
  if (!suppression.fingerprint.empty() && !finding.fingerprint.hex.starts_with(suppression.fingerprint)) {
    return false;
  }
  const bool is_about_it = !finding.subject.empty() && matches_text(suppression.subject, finding.subject);
  if (!suppression.subject.empty() && !is_about_it) {
    return false;
  }
  return suppression.path.empty() || path_fits(Glob(suppression.path), finding);
}

bool
covers(const AcceptedGap& accepted, const Gap& gap)
{
  return accepted.kind == gap.kind && matches_text(accepted.subject, gap.subject);
}

}  // namespace sluice
