// SPDX-License-Identifier: Apache-2.0
//
// GitLab's parser stops at the first item that its schema refuses and forgets all that follow, and it keys items by
// fingerprint. What was not examined is an item too: an empty array would say that all is well.
#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "finding/executable.hpp"
#include "output/escape.hpp"
#include "output/gitlab.hpp"
#include "output/renderers.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sluice::output {

namespace {

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
  return {{"description", linkless(finding.message) + commit},
          {"check_name", plain(rule_of(finding).id)},
          {"fingerprint", identities.next(finding)},
          {"severity", severity_name(judged.severity)},
          {"location",
           {{"path", relative_path(path_or_stand_in(finding.where))},
            {"lines", {{"begin", std::max(1U, finding.where.begin.line)}}}}}};
}

/// Something that no file is to blame for. Most gaps in CI are fixed where the job is configured (a deeper clone), so
/// that is the file it points at.
struct Remark
{
  std::string_view check;     ///< check_name
  std::string_view severity;  ///< GitLab's
  std::string description;
  std::string identity;  ///< never changes while the remark stays the same
};

Json
item_of(const Remark& remark)
{
  return {{"description", remark.description},
          {"check_name", remark.check},
          {"fingerprint", to_hex(sha256(remark.identity))},
          {"severity", remark.severity},
          {"location", {{"path", ".gitlab-ci.yml"}, {"lines", {{"begin", 1}}}}}};
}

std::vector<Remark>
remarks_on(const Report& report)
{
  std::vector<Remark> remarks;
  const std::string tool = plain(report.tool, 60);
  if (const auto& failure = report.failure) {
    const std::string_view verdict = name_of(failure->verdict);
    remarks.push_back({verdict, "blocker",
                       fmt::format("{} is {}: {}", executable_name(tool), verdict, linkless(failure->message)),
                       fmt::format("failure\n{}\n{}", report.tool, failure->message)});
  }
  if (report.verdict == Verdict::not_applicable && report.absence) {
    remarks.push_back({name_of(report.verdict), "info",
                       fmt::format("{} examined nothing: {}", executable_name(tool), linkless(report.absence->reason)),
                       fmt::format("absence\n{}\n{}", report.tool, report.absence->reason)});
  }
  for (const JudgedGap& judged : report.gaps) {
    const Gap& gap = judged.gap;
    if (!judged.accepted) {
      remarks.push_back({"incomplete", "major",
                         fmt::format("Not examined: {}: {}", linkless(gap.subject), linkless(gap.why)),
                         fmt::format("gap\n{}\n{}\n{}", report.tool, gap.subject, gap.why)});
    }
  }
  return remarks;
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
    for (const Remark& remark : remarks_on(report)) {
      if (seen.insert(remark.identity).second) {
        items.push_back(item_of(remark));
      }
    }
  }
  return inert_json(items.dump(2, JsonText::ascii));
}

}  // namespace sluice::output
