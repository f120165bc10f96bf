// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "finding/executable.hpp"
#include "output/escape.hpp"
#include "output/text_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

/// Whether the gaps of the group agree in what `get` gets of each.
template<typename Get>
bool
agree(const GapGroup& group, Get get)
{
  return std::all_of(group.gaps.begin(), group.gaps.end(),
                     [&](const JudgedGap* gap) { return get(*gap) == get(*group.gaps.front()); });
}

std::vector<TextPage::Item>
items_of(const JudgedGap& judged, bool with_reason, bool with_fix)
{
  std::vector<TextPage::Item> items;
  if (with_reason && !judged.reason.empty()) {
    items.push_back({judged.accepted ? "reason" : "note", judged.reason});
  }
  if (with_fix && !judged.gap.fix.empty() && !judged.accepted) {
    items.push_back({"fix", judged.gap.fix, Style::green});
  }
  return items;
}

TextPage::Lead
lead_of(const GapGroup& group, const TextPage& page)
{
  return page.lead(group.accepted ? "accepted gap" : "not examined", group.accepted ? Style::dim : Style::yellow)
         + page.lead(fmt::format(" [{}]: ", name_of(group.kind)));
}

void
add_several(const GapGroup& group, TextPage& page)
{
  const JudgedGap& first = *group.gaps.front();
  const bool one_why = agree(group, [](const JudgedGap& gap) { return gap.gap.why; });
  const bool one_fix = agree(group, [](const JudgedGap& gap) { return gap.gap.fix; });
  const bool one_reason = agree(group, [](const JudgedGap& gap) { return gap.reason; });
  const std::size_t total = group.gaps.size();
  const std::size_t shown = shown_of(total, page);
  page.paragraph(lead_of(group, page), with_thousands(total) + " gaps" + (one_why ? ": " + first.gap.why : ""), 4);
  for (std::size_t i = 0; i < shown; ++i) {
    const JudgedGap& judged = *group.gaps[i];
    page.paragraph(page.lead("   ") + page.lead("-->", Style::blue) + page.lead(" "),
                   judged.gap.subject + (one_why ? "" : ": " + judged.gap.why), 4);
    page.items(items_of(judged, !one_reason, !one_fix), 4);
  }
  add_more(shown, total, page);
  page.items(items_of(first, one_reason, one_fix), 4);
}

}  // namespace

void
add_gaps(const GapGroup& group, TextPage& page)
{
  if (group.gaps.size() > 1) {
    add_several(group, page);
  } else {
    const JudgedGap& only = *group.gaps.front();
    page.paragraph(lead_of(group, page), only.gap.subject + ": " + only.gap.why, 4);
    page.items(items_of(only, true, true), 4);
  }
  page.blank();
}

void
add_failure(const Report& report, TextPage& page)
{
  if (report.failure) {
    page.paragraph(page.lead(name_of(report.failure->verdict), style_of(report.failure->verdict)) + page.lead(": "),
                   fmt::format("{}: {}", executable_name(plain(report.tool, 60)), report.failure->message), 4);
    page.blank();
  }
}

}  // namespace sluice::output
