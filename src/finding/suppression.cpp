// SPDX-License-Identifier: Apache-2.0
#include "finding/suppression.hpp"

#include "base/glob.hpp"

namespace sluice {

bool
names(const Suppression& suppression, const Finding& finding)
{
  if (!suppression.rule.empty() && suppression.rule != finding.rule->id) {
    return false;
  }
  if (!suppression.fingerprint.empty() && !finding.fingerprint.hex.starts_with(suppression.fingerprint)) {
    return false;
  }
  const bool is_about_it = !finding.subject.empty() && matches_text(suppression.subject, finding.subject);
  return suppression.subject.empty() || is_about_it;
}

bool
covers(const Suppression& suppression, const Location& place)
{
  return suppression.path.empty() || Glob(suppression.path).matches(place.path);
}

bool
is_place_of_finding(const RelatedPlace& place)
{
  return place.role == PlaceRole::primary || place.role == PlaceRole::also;
}

bool
lists_all_places(const Finding& finding)
{
  return finding.places_left_out == 0;
}

bool
covers(const AcceptedGap& accepted, const Gap& gap)
{
  return accepted.kind == gap.kind && matches_text(accepted.subject, gap.subject);
}

}  // namespace sluice
