// SPDX-License-Identifier: Apache-2.0
//
// The canonical form: everything that a report knows, so that reports of several jobs can be read back, merged and
// rendered in any other format. A text that is not UTF-8 (a path of git may be any bytes) is an object that holds the
// bytes in base64 beside a printable form; all others are strings. Fields may be added within a schema version; one
// that changes its meaning makes a new version.
#include "base/json.hpp"

#include "base/clock.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "output/escape.hpp"
#include "output/renderers.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace sluice::output {

namespace {

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
  return {{"id", text(rule.id)},
          {"title", text(rule.title)},
          {"since", text(rule.since)},
          {"state", name_of(rule.state)},
          {"what", text(rule.doc.what)},
          {"why", text(rule.doc.why)},
          {"instead", text(rule.doc.instead)},
          {"known-problems", text(rule.doc.known_problems)},
          {"references", Json::array_of(rule.doc.references, text)},
          {"severity", name_of(rule.severity)},
          {"confidence", name_of(rule.confidence)},
          {"tags", Json::array_of(rule.tags, text)},
          {"tool", text(rule.tool)}};
}

Json
related(const RelatedPlace& place)
{
  return {{"role", name_of(place.role)}, {"where", location(place.where)}, {"note", text(place.note)}};
}

Json
fact(const Fact& fact)
{
  return {{"key", text(fact.key)}, {"label", text(fact.label)}, {"value", text(fact.value)}};
}

Json
identifier(const Identifier& identifier)
{
  return {{"kind", name_of(identifier.kind())}, {"name", text(identifier.name)}, {"url", identifier.url()}};
}

template<NamedEnum E>
Json
optional_name(const std::optional<E>& value)
{
  return value ? Json(name_of(*value)) : Json();
}

Json
finding(const Judged& judged)
{
  const Finding& finding = judged.finding;
  const Span covered = finding.covered_bytes();
  // To whom only pass and fail matter, one name is enough for what does not fail.
  const bool is_warned = judged.disposition == Disposition::warned;
  Json json{{"rule", finding.rule == nullptr ? Json() : text(finding.rule->id)},
            {"severity", name_of(judged.severity)},
            {"disposition", name_of(is_warned ? Disposition::below_threshold : judged.disposition)},
            {"warned", is_warned},
            {"reason", text(judged.reason)},
            {"where", location(finding.where)},
            {"message", text(finding.message)},
            {"help", text(finding.help)},
            {"excerpt", text(finding.excerpt)},
            {"excerpt-covered", {{"begin", covered.begin}, {"end", covered.end}}},
            {"subject", text(finding.subject)},
            {"own-severity", optional_name(finding.severity)},
            {"own-confidence", optional_name(finding.confidence)},
            {"identifiers", Json::array_of(finding.identifiers, identifier)},
            {"related", Json::array_of(finding.related, related)},
            {"facts", Json::array_of(finding.facts, fact)},
            {"fingerprint", text(finding.fingerprint.hex)}};
  json.at("inline-allow") = Json();
  if (finding.inline_allow) {
    const InlineAllow& allow = *finding.inline_allow;
    json.at("inline-allow") = {{"owner", name_of(allow.owner)},
                               {"reason", text(allow.reason)},
                               {"path", text(allow.path.empty() ? finding.where.path : allow.path)},
                               {"where", position(allow.where)},
                               {"counts", allow.counts}};
  }
  return json;
}

Json
gap(const JudgedGap& judged)
{
  return {{"kind", name_of(judged.gap.kind)}, {"subject", text(judged.gap.subject)}, {"why", text(judged.gap.why)},
          {"fix", text(judged.gap.fix)},      {"accepted", judged.accepted},         {"reason", text(judged.reason)}};
}

Json
coverage(const Coverage& coverage)
{
  return {{"scope", text(coverage.scope)}, {"counts", Json::array_of(coverage.counts, [](const Count& count) {
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
          {"reproduce", text(context.reproduce)},
          {"acceptance",
           {{"comments", name_of(context.acceptance.comments)},
            {"configuration", text(context.acceptance.configuration)},
            {"baseline", text(context.acceptance.baseline)},
            {"branch", text(context.acceptance.branch)}}},
          {"breadth", name_of(context.breadth)},
          {"bases", Json::array_of(context.bases, text)}};
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

/// The texts of the rules that findings have, or of those that were applied as well.
Json
rules_with_texts(const Report& report, RuleTexts which)
{
  std::set<std::string_view> used;
  for (const Judged& judged : report.judged) {
    if (judged.finding.rule != nullptr) {
      used.insert(judged.finding.rule->id);
    }
  }
  Json rules = Json::array();
  for (const RuleMeta* meta : rules_of(report)) {
    const bool is_used = used.contains(meta->id);
    const bool is_nameless = meta == &rule_of(Finding{});
    if (is_used || (which == RuleTexts::all && !is_nameless)) {
      rules.push_back(rule(*meta));
    }
  }
  return rules;
}

Json
content(const Table& table)
{
  return {{"columns", Json::array_of(table.columns, text)},
          {"rows",
           Json::array_of(table.rows, [](const std::vector<std::string>& row) { return Json::array_of(row, text); })}};
}

Json
content(const Graph& graph)
{
  return {{"nodes", Json::array_of(graph.nodes,
                                   [](const Graph::Node& node) {
                                     return Json{{"label", text(node.label)}, {"mark", name_of(node.mark)}};
                                   })},
          {"edges", Json::array_of(graph.edges, [](const Graph::Edge& edge) {
             return Json{{"from", edge.from}, {"to", edge.to}, {"label", text(edge.label)}};
           })}};
}

std::string
event_time(std::chrono::sys_seconds time)
{
  return rfc3339(std::clamp(time, Timeline::earliest, Timeline::latest));
}

Json
content(const Timeline& timeline)
{
  return {{"events", Json::array_of(timeline.events, [](const Timeline::Event& event) {
             return Json{{"begin", event_time(event.begin)},
                         {"end", event_time(event.end)},
                         {"label", text(event.label)},
                         {"mark", name_of(event.mark)}};
           })}};
}

/// The kind is told by the one member beside title and note: table, graph or timeline.
Json
section(const Section& section)
{
  constexpr std::array<const char*, 3> kinds{"table", "graph", "timeline"};
  Json json{{"title", text(section.title)}, {"note", text(section.note)}};
  json.at(kinds.at(section.content.index())) =
      std::visit([](const auto& kind) { return content(kind); }, section.content);
  return json;
}

Json
failure(const std::optional<RunFailure>& failure)
{
  return failure ? Json{{"verdict", name_of(failure->verdict)}, {"message", text(failure->message)}} : Json();
}

Json
absence(const std::optional<Absence>& absence)
{
  return absence ? Json{{"kind", name_of(absence->kind)}, {"reason", text(absence->reason)}} : Json();
}

Json
report_json(const Report& report, RuleTexts texts)
{
  return {{"tool", text(report.tool)},
          {"version", text(report.version)},
          {"scan", name_of(report.scan)},
          {"verdict", name_of(report.verdict)},
          {"failure", failure(report.failure)},
          {"absence", absence(report.absence)},
          {"fail-on", name_of(report.fail_on)},
          {"started", exact_time(report.started)},
          {"duration-ms", report.duration.count()},
          {"context", context(report.context)},
          {"coverage", coverage(report.coverage)},
          {"gaps", Json::array_of(report.gaps, gap)},
          {"notices", Json::array_of(report.notices, text)},
          {"unused-allowances", Json::array_of(report.unused_allowances, text)},
          {"findings", Json::array_of(report.judged, finding)},
          {"sections", Json::array_of(report.sections, section)},
          {"rules-applied", Json::array_of(report.rules, [](const RuleMeta* meta) { return text(meta->id); })},
          {"rules", rules_with_texts(report, texts)}};
}

}  // namespace

std::string
render_json(Reports reports, const RenderOptions& options)
{
  Json document{{"schema", "sluice.report/3"}, {"reports", Json::array()}};
  for (const Report& report : reports) {
    document.at("reports").push_back(report_json(report, options.rule_texts));
  }
  return inert_json(document.dump(2, JsonText::ascii));
}

}  // namespace sluice::output
