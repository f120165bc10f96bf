// SPDX-License-Identifier: Apache-2.0
//
// GitLab's parser stops at the first item that its schema refuses and forgets all that follow, and it keys items by
// fingerprint. What was not examined is an item too: an empty array would say that all is well.
#include "base/hash.hpp"
#include "base/text.hpp"
#include "output/escape.hpp"
#include "output/gitlab.hpp"
#include "output/renderers.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace sluice::output {

namespace {

using Json = nlohmann::ordered_json;

std::string_view
severity_name(Severity severity)
{
  constexpr std::array<std::string_view, 5> names{"info", "minor", "major", "critical", "blocker"};
  return names.at(static_cast<std::size_t>(severity));
}

std::string
relative_path(std::string_view path)
{
  while (path.starts_with("./")) {
    path.remove_prefix(2);
  }
  return plain(path);
}

Json
item_of(const Judged& judged, UniqueIdentities& identities)
{
  const Finding& finding = judged.finding;
  const std::string commit =
      finding.where.commit.empty() ? "" : fmt::format(" (in commit {})", short_commit(finding.where.commit));
  return {{"description", plain(finding.message) + commit},
          {"check_name", plain(rule_of(finding).id)},
          {"fingerprint", identities.next(finding)},
          {"severity", severity_name(judged.severity)},
          {"location",
           {{"path", relative_path(path_or_stand_in(finding.where))},
            {"lines", {{"begin", std::max(1U, finding.where.begin.line)}}}}}};
}

/// Most gaps in CI are fixed where the job is configured (a deeper clone), so that is the file it points at.
Json
item_of(const Report& report, const Gap& gap)
{
  return {{"description", fmt::format("Not examined: {}: {}", plain(gap.subject), plain(gap.why))},
          {"check_name", "incomplete"},
          {"fingerprint", to_hex(sha256(fmt::format("gap\n{}\n{}\n{}", report.tool, gap.subject, gap.why)))},
          {"severity", "major"},
          {"location", {{"path", ".gitlab-ci.yml"}, {"lines", {{"begin", 1}}}}}};
}

}  // namespace

std::string
render_code_quality(Reports reports, const RenderOptions& /*options*/)
{
  Json items = Json::array();
  UniqueIdentities identities;
  for (const Shown& shown : open_findings(reports)) {
    items.push_back(item_of(*shown.judged, identities));
  }
  std::set<std::string> seen;
  for (const Report& report : reports) {
    for (const JudgedGap& judged : report.gaps) {
      Json item = judged.accepted ? Json() : item_of(report, judged.gap);
      if (!judged.accepted && seen.insert(item["fingerprint"]).second) {
        items.push_back(std::move(item));
      }
    }
  }
  return inert_json(items.dump(2, ' ', true, Json::error_handler_t::replace));
}

}  // namespace sluice::output
