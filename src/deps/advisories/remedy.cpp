// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/remedy.hpp"

#include "deps/advisories/record.hpp"
#include "deps/advisories/version_sort.hpp"
#include "deps/ecosystem.hpp"

#include <algorithm>
#include <iterator>

namespace sluice::deps {

using index::SectionId;

namespace {

/// Versions at which some range of the package ends by a fix, the lowest first. None if they cannot be sorted.
std::vector<std::string_view>
fixes_above(const Index& index, const std::vector<index::Affected>& rows, std::string_view version,
            const Scheme& scheme)
{
  std::vector<std::string_view> fixes;
  for (const index::Affected& row : rows) {
    for (const index::Range& range : index.rows<index::Range>(SectionId::ranges, row.ranges)) {
      for (const index::Event& event : index.rows<index::Event>(SectionId::events, range.events)) {
        const std::string_view fix = index.text(event.version);
        const auto order = scheme.compare(fix, version);
        if (static_cast<EventKind>(event.kind) == EventKind::fixed && order && *order > 0) {
          fixes.push_back(fix);
        }
      }
    }
  }
  std::sort(fixes.begin(), fixes.end());
  fixes.erase(std::unique(fixes.begin(), fixes.end()), fixes.end());
  if (sort_by_version(fixes, scheme, [](std::string_view fix) { return fix; }) == Sorted::too_many) {
    fixes.clear();
  }
  return fixes;
}

bool
is_below(const Scheme& scheme, std::string_view a, std::string_view b)
{
  const auto order = scheme.compare(a, b);
  return order && *order < 0;
}

/// The fix of a row that none of its others is above; empty if it has none.
std::string_view
last_fix(const Index& index, const index::Affected& row, const Scheme& scheme)
{
  std::string_view last;
  for (const index::Range& range : index.rows<index::Range>(SectionId::ranges, row.ranges)) {
    for (const index::Event& event : index.rows<index::Event>(SectionId::events, range.events)) {
      const std::string_view fix = index.text(event.version);
      if (static_cast<EventKind>(event.kind) == EventKind::fixed && is_version(scheme, fix)
          && (last.empty() || is_below(scheme, last, fix))) {
        last = fix;
      }
    }
  }
  return last;
}

/// Rows that are never fixed, then by their last fix, the highest first; too many to sort stay as they are.
void
put_latest_first(std::vector<index::Affected>& rows, const Index& index, const Scheme& scheme)
{
  std::vector<index::Affected> first;
  std::vector<std::pair<std::string_view, index::Affected>> fixed;
  for (const index::Affected& row : rows) {
    const std::string_view fix = last_fix(index, row, scheme);
    if (fix.empty()) {
      first.push_back(row);
    } else {
      fixed.emplace_back(fix, row);
    }
  }
  if (sort_by_version(fixed, scheme, [](const auto& each) { return each.first; }) == Sorted::yes) {
    std::transform(fixed.rbegin(), fixed.rend(), std::back_inserter(first),
                   [](const auto& each) { return each.second; });
    rows = std::move(first);
  }
}

}  // namespace

std::optional<std::string>
lowest_clean_version(const Index& index, std::string_view ecosystem, std::string_view name, std::string_view version)
{
  const Scheme* scheme = scheme_of(ecosystem);
  if (scheme == nullptr || !is_version(*scheme, version)) {
    return std::nullopt;
  }
  std::vector<index::Affected> rows = index.find(ecosystem, normalised(ecosystem, name));
  const std::vector<std::string_view> fixes = fixes_above(index, rows, version, *scheme);
  // A kernel has ten thousand rows, and to ask each of them of each fix would take longer than all the rest: what
  // speaks of one fix mostly speaks of the next ones too, and most of all the row that is fixed last.
  std::size_t likely = 0;
  put_latest_first(rows, index, *scheme);
  for (const std::string_view fix : fixes) {
    const auto speaks_of_it = [&](const index::Affected& row) {
      return judge(index, row, fix, scheme) != Judgement::clean;
    };
    if (speaks_of_it(rows[likely])) {
      continue;
    }
    const auto found = std::find_if(rows.begin(), rows.end(), speaks_of_it);
    if (found == rows.end()) {
      return std::string(fix);
    }
    likely = static_cast<std::size_t>(found - rows.begin());
  }
  return std::nullopt;
}

}  // namespace sluice::deps
