// SPDX-License-Identifier: Apache-2.0
//
// The canonical form: everything that a report knows, so that reports of several jobs can be read back, merged and
// rendered in any other format. A text that is not UTF-8 (a path of git may be any bytes) is an object that holds the
// bytes in base64 beside a printable form; all others are strings. Fields may be added within a schema version; one
// that changes its meaning makes a new version.
#include "base/clock.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "output/escape.hpp"
#include "output/renderers.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <set>

namespace sluice::output {

namespace {

using Json = nlohmann::ordered_json;

Json
text(std::string_view any)
{
  if (is_utf8(any)) {
    return std::string(any);
  }
  return {{"printable", plain(any)}, {"base64", to_base64(any)}};
}

Json
position(Position position)
{
  return {{"line", position.line}, {"column", position.column}};
}

Json
location(const Location& where)
{
  return {{"path", text(where.path)},
          {"begin", position(where.begin)},
          {"end", position(where.end)},
          {"commit", text(where.commit)}};
}

Json
rule(const RuleMeta& rule)
{
  Json tags = Json::array();
  for (const std::string_view tag : rule.tags) {
    tags.push_back(text(tag));
  }
  return {{"id", text(rule.id)},
          {"title", text(rule.title)},
          {"since", text(rule.since)},
          {"doc", text(rule.doc)},
          {"severity", name_of(rule.severity)},
          {"confidence", name_of(rule.confidence)},
          {"tags", std::move(tags)},
          {"tool", text(rule.tool)}};
}

template<typename T, typename Encode>
Json
array_of(const std::vector<T>& items, Encode encode)
{
  Json array = Json::array();
  for (const T& item : items) {
    array.push_back(encode(item));
  }
  return array;
}

Json
finding(const Judged& judged)
{
  const Finding& finding = judged.finding;
  Json json{{"rule", finding.rule == nullptr ? Json() : text(finding.rule->id)},
            {"severity", name_of(judged.severity)},
            {"disposition", name_of(judged.disposition)},
            {"reason", text(judged.reason)},
            {"where", location(finding.where)},
            {"message", text(finding.message)},
            {"help", text(finding.help)},
            {"excerpt", text(finding.excerpt)},
            {"related", array_of(finding.related, location)},
            {"facts", array_of(finding.facts,
                               [](const Fact& fact) {
                                 return Json{{"name", text(fact.name)}, {"value", text(fact.value)}};
                               })},
            {"fingerprint", text(finding.fingerprint.hex)}};
  json["confidence"] = finding.confidence ? Json(name_of(*finding.confidence)) : Json();
  json["inline-allow"] = Json();
  if (finding.inline_allow) {
    json["inline-allow"] = {{"reason", text(finding.inline_allow->reason)},
                            {"where", position(finding.inline_allow->where)}};
  }
  return json;
}

Json
gap(const JudgedGap& judged)
{
  return {{"subject", text(judged.gap.subject)},
          {"why", text(judged.gap.why)},
          {"fix", text(judged.gap.fix)},
          {"accepted", judged.accepted},
          {"reason", text(judged.reason)}};
}

Json
coverage(const Coverage& coverage)
{
  return {{"scope", text(coverage.scope)}, {"counts", array_of(coverage.counts, [](const Count& count) {
                                              return Json{{"value", count.value}, {"unit", text(count.unit)}};
                                            })}};
}

Json
context(const RunContext& context)
{
  return {{"repository-url", text(context.repository_url)},
          {"platform", text(context.platform)},
          {"head", text(context.head)},
          {"range", text(context.range)},
          {"range-reason", text(context.range_reason)},
          {"reproduce", text(context.reproduce)}};
}

/// RFC 3339 with the fraction that a clock of ours can have.
std::string
exact_time(std::chrono::system_clock::time_point time)
{
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto rest = std::chrono::duration_cast<std::chrono::nanoseconds>(time - seconds);
  const std::string whole = rfc3339(seconds);
  return rest.count() == 0 ? whole : fmt::format("{}.{:09}Z", whole.substr(0, whole.size() - 1), rest.count());
}

/// Rules that findings have and the report does not list; readers need them as well.
Json
unlisted_rules(const Report& report)
{
  std::set<std::string_view> listed{rule_of(Finding{}).id};
  for (const RuleMeta* meta : report.rules) {
    listed.insert(meta->id);
  }
  Json rules = Json::array();
  for (const RuleMeta* meta : rules_of(report)) {
    if (!listed.contains(meta->id)) {
      rules.push_back(rule(*meta));
    }
  }
  return rules;
}

Json
report_json(const Report& report)
{
  return {{"tool", text(report.tool)},
          {"version", text(report.version)},
          {"verdict", name_of(report.verdict)},
          {"fail-on", name_of(report.fail_on)},
          {"started", exact_time(report.started)},
          {"duration-ms", report.duration.count()},
          {"context", context(report.context)},
          {"coverage", coverage(report.coverage)},
          {"gaps", array_of(report.gaps, gap)},
          {"notices", array_of(report.notices, [](const std::string& notice) { return text(notice); })},
          {"findings", array_of(report.judged, finding)},
          {"rules", array_of(report.rules, [](const RuleMeta* meta) { return rule(*meta); })},
          {"unlisted-rules", unlisted_rules(report)}};
}

}  // namespace

std::string
render_json(Reports reports, const RenderOptions& /*options*/)
{
  Json document{{"schema", "sluice.report/1"}, {"reports", Json::array()}};
  for (const Report& report : reports) {
    document["reports"].push_back(report_json(report));
  }
  return inert_json(document.dump(2, ' ', true, Json::error_handler_t::replace));
}

}  // namespace sluice::output
