// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/remedy.hpp"

#include "deps/advisories/record.hpp"
#include "deps/ecosystem.hpp"

#include <algorithm>

namespace sluice::deps {

using index::SectionId;

namespace {

/// Versions at which some range of the package ends by a fix.
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
  std::sort(fixes.begin(), fixes.end(), [&scheme](std::string_view a, std::string_view b) {
    const auto order = scheme.compare(a, b);
    return order && *order != 0 ? *order < 0 : a < b;
  });
  fixes.erase(std::unique(fixes.begin(), fixes.end()), fixes.end());
  return fixes;
}

}  // namespace

std::optional<std::string>
lowest_clean_version(const Index& index, std::string_view ecosystem, std::string_view name, std::string_view version)
{
  const Ecosystem* known = find_ecosystem(ecosystem);
  const Scheme* scheme = scheme_of(ecosystem);
  if (scheme == nullptr || !is_version(*scheme, version)) {
    return std::nullopt;
  }
  const std::vector<index::Affected> rows = index.find(ecosystem, normalised(*known, name));
  for (const std::string_view fix : fixes_above(index, rows, version, *scheme)) {
    const bool is_clean = std::all_of(rows.begin(), rows.end(), [&](const index::Affected& row) {
      return judge(index, row, fix, scheme) == Judgement::clean;
    });
    if (is_clean) {
      return std::string(fix);
    }
  }
  return std::nullopt;
}

}  // namespace sluice::deps
