// SPDX-License-Identifier: Apache-2.0
#include "finding/report.hpp"

#include <algorithm>

namespace sluice {

Verdict
verdict_of(const Report& report)
{
  const bool has_active = std::any_of(report.judged.begin(), report.judged.end(),
                                      [](const Judged& judged) { return judged.disposition == Disposition::active; });
  if (has_active) {
    return Verdict::fail;
  }
  const bool has_gap =
      std::any_of(report.gaps.begin(), report.gaps.end(), [](const JudgedGap& gap) { return !gap.accepted; });
  return has_gap ? Verdict::incomplete : Verdict::pass;
}

int
exit_status(Verdict verdict)
{
  switch (verdict) {
  case Verdict::pass:
    return 0;
  case Verdict::fail:
    return 1;
  case Verdict::incomplete:
    return 3;
  }
  return 2;
}

}  // namespace sluice
