// SPDX-License-Identifier: Apache-2.0
//
// Reads what json.cpp writes. A report file may come from a job that runs the code under test, so it is no more
// trusted than the code: sizes are bounded, what becomes part of commands (rule ids, tools, fingerprints) must have
// their form, and a verdict that its own findings contradict is refused rather than merged.
#include "output/escape.hpp"
#include "output/json_fields.hpp"
#include "output/report_parts.hpp"
#include "output/sink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace sluice::output {

namespace {

constexpr std::size_t most_bytes = std::size_t{256} << 20U;
constexpr std::size_t deepest = 16;
constexpr std::string_view schema_prefix = "sluice.report/";
constexpr std::string_view known_schema = "sluice.report/3";

std::string
own_text(const Fields& fields)
{
  return fields.own_text();
}

Position
read_position(const Fields& fields)
{
  constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
  return {static_cast<std::uint32_t>(fields.number("line", most)),
          static_cast<std::uint32_t>(fields.number("column", most))};
}

Location
read_location(const Fields& fields)
{
  return {fields.text("path"), read_position(fields.object("begin")), read_position(fields.object("end")),
          fields.text("commit")};
}

OwnedRule
read_rule(const Fields& fields)
{
  OwnedRule rule;
  rule.id = fields.kebab("id");
  rule.title = fields.text("title");
  rule.since = fields.text("since");
  rule.what = fields.text("what");
  rule.why = fields.text("why");
  rule.instead = fields.text("instead");
  rule.known_problems = fields.text("known-problems");
  rule.references = fields.list("references", own_text);
  rule.meta.state = fields.named<RuleState>("state");
  rule.tool = fields.text("tool");
  rule.tags = fields.list("tags", own_text);
  rule.meta.severity = fields.named<Severity>("severity");
  rule.meta.confidence = fields.named<Confidence>("confidence");
  return rule;
}

RelatedPlace
read_related(const Fields& fields)
{
  return {read_location(fields.object("where")), fields.named<PlaceRole>("role"), fields.text("note")};
}

Fact
read_fact(const Fields& fields)
{
  return {fields.kebab("key"), fields.text("label"), fields.text("value")};
}

Finding
read_finding(const Fields& fields, const RuleStore& rules)
{
  Finding finding;
  if (!fields.is_null("rule")) {
    finding.rule = rules.find(fields.text("rule"));
    if (finding.rule == nullptr) {
      fields.refuse("rule", "no rule of this id is in the report");
    }
  }
  finding.where = read_location(fields.object("where"));
  finding.message = fields.text("message");
  finding.help = fields.text("help");
  finding.excerpt = fields.text("excerpt");
  if (fields.has("excerpt-covered")) {
    const Fields covered = fields.object("excerpt-covered");
    finding.covered = Span{covered.number("begin"), covered.number("end")};
  }
  finding.subject = fields.text("subject");
  finding.severity = fields.optional_named<Severity>("own-severity");
  finding.confidence = fields.optional_named<Confidence>("own-confidence");
  finding.identifiers = fields.list("identifiers", [](const Fields& one) { return Identifier{one.text("name")}; });
  finding.related = fields.list("related", read_related);
  finding.facts = fields.list("facts", read_fact);
  finding.fingerprint.hex = fields.text("fingerprint");
  if (!is_fingerprint(finding.fingerprint.hex)) {
    fields.refuse("fingerprint", "expected 64 lower-case hexadecimal digits");
  }
  if (!fields.is_null("inline-allow")) {
    const Fields allow = fields.object("inline-allow");
    finding.inline_allow = InlineAllow{.reason = allow.text("reason"),
                                       .where = read_position(allow.object("where")),
                                       .owner = allow.named<MarkOwner>("owner"),
                                       .path = allow.text("path"),
                                       .counts = allow.boolean("counts")};
  }
  return finding;
}

JudgedGap
read_gap(const Fields& fields)
{
  return {{fields.named<GapKind>("kind"), fields.text("subject"), fields.text("why"), fields.text("fix")},
          fields.boolean("accepted"),
          fields.text("reason")};
}

Acceptance
read_acceptance(const Fields& fields)
{
  return {fields.named<InlineComments>("comments"), fields.text("configuration"), fields.text("baseline"),
          fields.text("branch")};
}

/// Reports of earlier versions do not say it.
Breadth
read_breadth(const Fields& fields)
{
  return fields.has("breadth") ? fields.named<Breadth>("breadth") : Breadth::part;
}

RunContext
read_context(const Fields& fields)
{
  return {fields.text("repository-url"),
          fields.text("platform"),
          fields.text("head"),
          fields.text("range"),
          fields.text("range-reason"),
          fields.text("reproduce"),
          read_acceptance(fields.object("acceptance")),
          read_breadth(fields),
          fields.has("bases") ? fields.list("bases", own_text) : std::vector<std::string>()};
}

std::chrono::system_clock::time_point
read_time(const Fields& fields, std::string_view key)
{
  const auto time = parse_time(fields.text(key));
  if (!time) {
    fields.refuse(key, "expected a time like 2026-11-21T04:05:06Z");
  }
  return time.value_or(std::chrono::system_clock::time_point());
}

Standing
read_mark(const Fields& fields)
{
  return fields.named<Standing>("mark");
}

Table
read_table(const Fields& fields)
{
  Table table;
  table.columns = fields.list("columns", own_text);
  table.rows = fields.list("rows", [](const Fields& row) { return row.own_list(own_text); });
  const bool is_even = std::all_of(table.rows.begin(), table.rows.end(),
                                   [&table](const auto& row) { return row.size() == table.columns.size(); });
  if (!is_even) {
    fields.refuse("rows", "expected as many cells in every row as there are columns");
  }
  return table;
}

Graph
read_graph(const Fields& fields)
{
  Graph graph;
  graph.nodes = fields.list("nodes", [](const Fields& node) {
    return Graph::Node{node.text("label"), read_mark(node)};
  });
  const std::size_t most = graph.nodes.empty() ? 0 : graph.nodes.size() - 1;
  graph.edges = fields.list("edges", [most](const Fields& edge) {
    return Graph::Edge{edge.number("from", most), edge.number("to", most), edge.text("label")};
  });
  if (graph.nodes.empty() && !graph.edges.empty()) {
    fields.refuse("edges", "expected none, as there are no nodes");
  }
  return graph;
}

Timeline
read_timeline(const Fields& fields)
{
  const auto seconds = [](const Fields& event, std::string_view key) {
    return std::chrono::floor<std::chrono::seconds>(read_time(event, key));
  };
  return {fields.list("events", [&seconds](const Fields& event) {
    Timeline::Event read{seconds(event, "begin"), seconds(event, "end"), event.text("label"), read_mark(event)};
    if (read.end < read.begin) {
      event.refuse("end", "is before the begin");
    }
    return read;
  })};
}

Section
read_section(const Fields& fields)
{
  Section section{fields.text("title"), fields.text("note"), {}};
  if (fields.has("table")) {
    section.content = read_table(fields.object("table"));
  } else if (fields.has("graph")) {
    section.content = read_graph(fields.object("graph"));
  } else {
    section.content = read_timeline(fields.object("timeline"));
  }
  return section;
}

std::optional<RunFailure>
read_failure(const Fields& fields)
{
  if (fields.is_null("failure")) {
    return std::nullopt;
  }
  const Fields failure = fields.object("failure");
  RunFailure read{failure.named<Verdict>("verdict"), failure.text("message")};
  if (read.verdict != Verdict::unable && read.verdict != Verdict::unavailable) {
    failure.refuse("verdict", "expected unable or unavailable");
  }
  return read;
}

std::optional<Absence>
read_absence(const Fields& fields)
{
  if (fields.is_null("absence")) {
    return std::nullopt;
  }
  const Fields absence = fields.object("absence");
  return Absence{absence.named<Absence::Kind>("kind"), absence.text("reason")};
}

/// The rules that were applied, in their order. Those whose texts were left out are known by their ids.
RuleStore
read_rules(const Fields& fields, RawReport& report)
{
  RuleStore rules;
  for (OwnedRule& rule : fields.list("rules", read_rule)) {
    rules.add(std::move(rule));
  }
  report.rules = fields.list("rules-applied", [&rules, &report](const Fields& field) {
    OwnedRule bare;
    bare.id = field.own_kebab();
    bare.title = bare.id;
    bare.tool = report.tool;
    const RuleMeta* known = rules.find(bare.id);
    return known == nullptr ? rules.add(std::move(bare)) : known;
  });
  return rules;
}

RawReport
read_report(const Fields& fields)
{
  RawReport report;
  report.tool = fields.kebab("tool");
  report.version = fields.text("version");
  report.scan = fields.named<ScanType>("scan");
  report.failure = read_failure(fields);
  report.absence = read_absence(fields);
  report.verdict = fields.named<Verdict>("verdict");
  report.fail_on = fields.named<FailOn>("fail-on");
  report.started = read_time(fields, "started");
  constexpr std::uint64_t year_ms = 366ULL * 24 * 3600 * 1000;
  report.duration = std::chrono::milliseconds(fields.number("duration-ms", year_ms));
  report.context = read_context(fields.object("context"));
  const Fields coverage = fields.object("coverage");
  report.coverage.scope = coverage.text("scope");
  report.coverage.counts = coverage.list("counts", [](const Fields& count) {
    return Count{count.number("value"), count.text("unit")};
  });
  report.gaps = fields.list("gaps", read_gap);
  report.notices = fields.list("notices", own_text);
  report.unused_allowances = fields.list("unused-allowances", own_text);

  report.sections = fields.list("sections", read_section);
  const RuleStore rules = read_rules(fields, report);
  report.owned_rules = rules.rules();
  report.judged = fields.list("findings", [&rules](const Fields& judged) {
    const bool is_warned = judged.boolean("warned");
    return Judged{read_finding(judged, rules), judged.named<Severity>("severity"),
                  is_warned ? Disposition::warned : judged.named<Disposition>("disposition"), judged.text("reason")};
  });
  if (const Verdict due = verdict_of(report); report.verdict != due) {
    fields.refuse("verdict",
                  fmt::format("is {}, but what the report holds makes it {}", name_of(report.verdict), name_of(due)));
  }
  const bool is_silent = report.judged.empty() && report.gaps.empty() && !report.absence && !report.failure;
  if (is_silent && report.coverage.is_empty()) {
    coverage.refuse("counts", "nothing was examined, and the report does not say why");
  }
  return report;
}

Result<>
check_schema(const Json& document, std::string_view name)
{
  const std::string* schema = document["schema"].text();
  if (schema == nullptr || !schema->starts_with(schema_prefix)) {
    return fail(ErrorKind::input, "{}: not a Sluice report: no \"schema\": \"{}\"", name, known_schema);
  }
  if (*schema != known_schema) {
    return fail(ErrorKind::input, "{}: schema {} is not known to this version, which reads {}", name,
                plain(*schema, 100), known_schema);
  }
  return {};
}

}  // namespace

Result<std::vector<Report>>
parse_reports(std::string_view json, std::string_view name, const Redactor& redactor)
{
  const auto document = Json::parse(json, {.depth = deepest, .bytes = most_bytes});
  if (!document) {
    return fail(ErrorKind::input, "{}: {}", name, document.error().message);
  }
  TRY(check_schema(*document, name));
  std::string problem;
  auto raw = Fields(*document, "", problem).list("reports", read_report);
  if (!problem.empty()) {
    return fail(ErrorKind::input, "{}: {}", name, problem);
  }
  std::vector<Report> reports;
  for (RawReport& report : raw) {
    reports.emplace_back(std::move(report), redactor);
  }
  return reports;
}

}  // namespace sluice::output
