// SPDX-License-Identifier: Apache-2.0
#include "gate/range_outcome.hpp"

namespace sluice::gate {

std::optional<Findings>
range_outcome(const ci::GitRange& range)
{
  Findings findings;
  if (range.kind == ci::RangeKind::nothing) {
    findings.coverage.scope = "nothing: " + range.reason;
    findings.absence = Absence{Absence::Kind::nothing_to_do, range.reason};
    return findings;
  }
  if (range.kind == ci::RangeKind::unresolved) {
    findings.coverage.scope = "nothing: which commits are to be judged is not known";
    findings.gaps = range.gaps;
    if (findings.gaps.empty()) {
      findings.gaps.push_back({GapKind::no_range, "the range of the change", range.reason, "Fetch the whole history"});
    }
    return findings;
  }
  return std::nullopt;
}

}  // namespace sluice::gate
