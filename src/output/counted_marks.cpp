// SPDX-License-Identifier: Apache-2.0
#include "output/counted_marks.hpp"

namespace sluice::output {

std::vector<CountedMark>
counted_marks(std::span<const Report> reports)
{
  std::vector<CountedMark> marks;
  for (const Report& report : reports) {
    for (const Judged& judged : report.judged) {
      const Finding& finding = judged.finding;
      if (finding.inline_allow && finding.inline_allow->counts) {
        const InlineAllow& allow = *finding.inline_allow;
        // In the past the line is that of the finding's version.
        const std::string& path = allow.path.empty() ? finding.where.path : allow.path;
        marks.push_back({&report, &judged, {path, allow.where, allow.where, finding.where.commit}});
      }
    }
  }
  return marks;
}

std::string_view
owner_text(const CountedMark& mark)
{
  return mark.judged->finding.inline_allow->owner == MarkOwner::sluice ? "sluice" : "another tool";
}

std::string_view
reason_text(const CountedMark& mark)
{
  const std::string& reason = mark.judged->finding.inline_allow->reason;
  return reason.empty() ? std::string_view("without a reason") : std::string_view(reason);
}

}  // namespace sluice::output
