// SPDX-License-Identifier: Apache-2.0
//
// Reads what json.cpp writes. A report file may come from a job that runs the code under test, so it is no more
// trusted than the code: sizes are bounded, what becomes part of commands (rule ids, tools, fingerprints) must have
// their form, and a verdict that its own findings contradict is refused rather than merged.
//
// `Fields` remembers the first thing that is wrong and gives out empty values from then on, so that the readers below
// can be lists of fields.
#include "base/hash.hpp"
#include "output/escape.hpp"
#include "output/report_parts.hpp"
#include "output/sink.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <limits>

namespace sluice::output {

namespace {

using Json = nlohmann::json;

constexpr std::size_t most_bytes = std::size_t{256} << 20U;
constexpr std::size_t deepest = 16;
constexpr std::string_view schema_prefix = "sluice.report/";

class Fields
{
public:
  Fields(const Json& json, std::string path, std::string& problem)
      : json_(json),
        path_(std::move(path)),
        problem_(problem)
  {}

  void
  refuse(std::string_view key, std::string_view why) const
  {
    if (problem_.empty()) {
      problem_ = fmt::format("{}{}{}: {}", path_, path_.empty() || key.empty() ? "" : ".", key, why);
    }
  }

  [[nodiscard]] std::string
  text(std::string_view key) const
  {
    return text_of(value(key), key);
  }

  [[nodiscard]] std::uint64_t
  number(std::string_view key, std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) const
  {
    const Json& found = value(key);
    if (!found.is_number_unsigned() || found.get<std::uint64_t>() > most) {
      refuse(key, fmt::format("expected a whole number from 0 to {}", most));
      return 0;
    }
    return found.get<std::uint64_t>();
  }

  [[nodiscard]] bool
  boolean(std::string_view key) const
  {
    const Json& found = value(key);
    if (!found.is_boolean()) {
      refuse(key, "expected true or false");
      return false;
    }
    return found.get<bool>();
  }

  template<NamedEnum E>
  [[nodiscard]] E
  named(std::string_view key) const
  {
    const std::string name = text(key);
    const std::optional<E> found = from_name<E>(name);
    if (!found) {
      refuse(key, fmt::format("expected one of {}, not {}", fmt::join(EnumNames<E>::names, ", "), plain(name, 100)));
    }
    return found.value_or(E{});
  }

  [[nodiscard]] bool
  is_null(std::string_view key) const
  {
    return value(key).is_null();
  }

  [[nodiscard]] Fields
  object(std::string_view key) const
  {
    return {value(key), path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key), problem_};
  }

  /// `read` is given each item as Fields and returns what goes into the list; stops at the first problem.
  template<typename Read>
  [[nodiscard]] auto
  list(std::string_view key, Read read) const
  {
    std::vector<decltype(read(*this))> items;
    const Json& array = value(key);
    if (!array.is_array()) {
      refuse(key, "expected a list");
      return items;
    }
    const std::string path = object(key).path_;
    for (std::size_t i = 0; i < array.size() && problem_.empty(); ++i) {
      items.push_back(read(Fields(array[i], fmt::format("{}[{}]", path, i), problem_)));
    }
    return items;
  }

  /// This value itself as a text.
  [[nodiscard]] std::string
  own_text() const
  {
    return text_of(json_, "");
  }

private:
  [[nodiscard]] const Json&
  value(std::string_view key) const
  {
    static const Json missing(Json::value_t::discarded);
    const auto found = json_.is_object() ? json_.find(key) : json_.end();
    if (!json_.is_object() || found == json_.end()) {
      refuse(key, "is missing");
      return missing;
    }
    return *found;
  }

  [[nodiscard]] std::string
  text_of(const Json& found, std::string_view key) const
  {
    if (found.is_string()) {
      return found.get<std::string>();
    }
    if (found.is_object() && found.contains("base64") && found["base64"].is_string()) {
      if (auto bytes = from_base64(found["base64"].get<std::string>())) {
        return std::move(*bytes);
      }
    }
    refuse(key, "expected a text");
    return {};
  }

  const Json& json_;
  std::string path_;
  std::string& problem_;
};

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
  rule.id = fields.text("id");
  rule.title = fields.text("title");
  rule.since = fields.text("since");
  rule.doc = fields.text("doc");
  rule.tool = fields.text("tool");
  rule.tags = fields.list("tags", [](const Fields& tag) { return tag.own_text(); });
  rule.meta.severity = fields.named<Severity>("severity");
  rule.meta.confidence = fields.named<Confidence>("confidence");
  if (!is_kebab(rule.id)) {
    fields.refuse("id", "expected lower-case letters, digits and hyphens");
  }
  return rule;
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
  finding.related = fields.list("related", read_location);
  finding.facts = fields.list("facts", [](const Fields& fact) { return Fact{fact.text("name"), fact.text("value")}; });
  finding.fingerprint.hex = fields.text("fingerprint");
  if (!is_fingerprint(finding.fingerprint.hex)) {
    fields.refuse("fingerprint", "expected 64 lower-case hexadecimal digits");
  }
  if (!fields.is_null("confidence")) {
    finding.confidence = fields.named<Confidence>("confidence");
  }
  if (!fields.is_null("inline-allow")) {
    const Fields allow = fields.object("inline-allow");
    finding.inline_allow = InlineAllow{allow.text("reason"), read_position(allow.object("where"))};
  }
  return finding;
}

JudgedGap
read_gap(const Fields& fields)
{
  return {{fields.text("subject"), fields.text("why"), fields.text("fix")},
          fields.boolean("accepted"),
          fields.text("reason")};
}

RunContext
read_context(const Fields& fields)
{
  return {fields.text("repository-url"), fields.text("platform"),     fields.text("head"),
          fields.text("range"),          fields.text("range-reason"), fields.text("reproduce")};
}

Report
read_report(const Fields& fields)
{
  Report report;
  report.tool = fields.text("tool");
  if (!is_kebab(report.tool)) {
    fields.refuse("tool", "expected lower-case letters, digits and hyphens");
  }
  report.version = fields.text("version");
  report.verdict = fields.named<Verdict>("verdict");
  report.fail_on = fields.named<FailOn>("fail-on");
  const auto started = parse_time(fields.text("started"));
  if (!started) {
    fields.refuse("started", "expected a time like 2026-11-21T04:05:06Z");
  }
  report.started = started.value_or(std::chrono::system_clock::time_point());
  constexpr std::uint64_t year_ms = 366ULL * 24 * 3600 * 1000;
  report.duration = std::chrono::milliseconds(fields.number("duration-ms", year_ms));
  report.context = read_context(fields.object("context"));
  const Fields coverage = fields.object("coverage");
  report.coverage.scope = coverage.text("scope");
  report.coverage.counts = coverage.list("counts", [](const Fields& count) {
    return Count{count.number("value"), count.text("unit")};
  });
  report.gaps = fields.list("gaps", read_gap);
  report.notices = fields.list("notices", [](const Fields& notice) { return notice.own_text(); });

  RuleStore rules;
  report.rules = fields.list("rules", [&rules](const Fields& rule) { return rules.add(read_rule(rule)); });
  for (OwnedRule& rule : fields.list("unlisted-rules", read_rule)) {
    rules.add(std::move(rule));
  }
  report.owned_rules = rules.rules();
  report.judged = fields.list("findings", [&rules](const Fields& judged) {
    return Judged{read_finding(judged, rules), judged.named<Severity>("severity"),
                  judged.named<Disposition>("disposition"), judged.text("reason")};
  });
  if (const Verdict due = verdict_of(report); report.verdict != due) {
    fields.refuse("verdict", fmt::format("is {}, but the findings and gaps of the report make it {}",
                                         name_of(report.verdict), name_of(due)));
  }
  return report;
}

Result<Json>
parse_document(std::string_view json, std::string_view name)
{
  if (json.size() > most_bytes) {
    return fail(ErrorKind::input, "{}: a report of more than {} MiB is not read", name, most_bytes >> 20U);
  }
  if (nests_deeper_than(json, deepest)) {
    return fail(ErrorKind::input, "{}: not a Sluice report: nested more than {} levels deep", name, deepest);
  }
  try {
    return Json::parse(json);
  } catch (const Json::exception& error) {
    return fail(ErrorKind::input, "{}: not JSON: {}", name, plain(error.what(), 300));
  }
}

Result<>
check_schema(const Json& document, std::string_view name)
{
  const auto schema = document.is_object() ? document.find("schema") : document.end();
  if (!document.is_object() || schema == document.end() || !schema->is_string()
      || !schema->get_ref<const std::string&>().starts_with(schema_prefix)) {
    return fail(ErrorKind::input, "{}: not a Sluice report: no \"schema\": \"{}1\"", name, schema_prefix);
  }
  const auto& text = schema->get_ref<const std::string&>();
  if (text != "sluice.report/1") {
    return fail(ErrorKind::input, "{}: schema {} is not known to this version, which reads {}1", name, plain(text, 100),
                schema_prefix);
  }
  return {};
}

}  // namespace

Result<std::vector<Report>>
parse_reports(std::string_view json, std::string_view name)
{
  TRY_ASSIGN(const Json document, parse_document(json, name));
  TRY(check_schema(document, name));
  std::string problem;
  auto reports = Fields(document, "", problem).list("reports", read_report);
  if (!problem.empty()) {
    return fail(ErrorKind::input, "{}: {}", name, problem);
  }
  return reports;
}

}  // namespace sluice::output
