// SPDX-License-Identifier: Apache-2.0
#include "deps/version_range.hpp"

namespace sluice::deps {

namespace {

/// Nothing if an end is no version.
std::optional<bool>
is_within(const VersionRange::Interval& interval, const Scheme& scheme, std::string_view version)
{
  bool is_inside = true;
  if (interval.low) {
    const auto order = scheme.compare(version, interval.low->version);
    if (!order) {
      return std::nullopt;
    }
    is_inside = *order > 0 || (*order == 0 && interval.low->is_included);
  }
  if (interval.high) {
    const auto order = scheme.compare(version, interval.high->version);
    if (!order) {
      return std::nullopt;
    }
    is_inside = is_inside && (*order < 0 || (*order == 0 && interval.high->is_included));
  }
  return is_inside;
}

}  // namespace

std::optional<bool>
VersionRange::admits(const Scheme& scheme, std::string_view version) const
{
  if (!is_version(scheme, version)) {
    return std::nullopt;
  }
  bool is_admitted = false;
  for (const Alternative& alternative : alternatives_) {
    bool do_all_hold = !alternative.empty();
    for (const Interval& interval : alternative) {
      const auto is_inside = is_within(interval, scheme, version);
      if (!is_inside) {
        return std::nullopt;
      }
      do_all_hold = do_all_hold && *is_inside != interval.is_excluded;
    }
    is_admitted = is_admitted || do_all_hold;
  }
  return is_admitted;
}

}  // namespace sluice::deps
