// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/rating.hpp"

#include <algorithm>

namespace sluice::deps {

Severity
severity_of_score(double score)
{
  if (score >= 9.0) {
    return Severity::critical;
  }
  if (score >= 7.0) {
    return Severity::high;
  }
  if (score >= 4.0) {
    return Severity::medium;
  }
  return score > 0.0 ? Severity::low : Severity::info;
}

Rated
rate(const Rating& rating)
{
  std::optional<double> newer;
  std::optional<double> older;
  for (const std::string& vector : rating.vectors) {
    if (const auto score = cvss_score(vector)) {
      std::optional<double>& best = is_cvss2(vector) ? older : newer;
      best = std::max(best.value_or(0.0), *score);
    }
  }
  Rated rated;
  rated.score = newer ? newer : older;
  rated.severity = rated.score ? std::optional(severity_of_score(*rated.score)) : rating.severity;
  return rated;
}

}  // namespace sluice::deps
