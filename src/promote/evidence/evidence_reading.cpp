// SPDX-License-Identifier: Apache-2.0
//
// Reads what somebody hands in as evidence. Nobody vouches for its form, so every member is taken for what it is or not
// at all, and whatever is kept has a bound.
#include "base/clock.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "promote/evidence/evidence.hpp"
#include "promote/json_members.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace sluice::promote {

namespace {

constexpr JsonLimits limits{.depth = 32, .bytes = std::size_t{64} << 20U};
constexpr std::size_t most_lines = 100;
constexpr std::size_t most_reports = 100;
constexpr std::size_t most_paths = 200;
constexpr std::size_t longest_text = 500;
constexpr std::string_view report_schema{"sluice.report/"};
constexpr std::string_view statement_prefix{"https://in-toto.io/Statement/"};
constexpr std::string_view statement_media{"application/vnd.in-toto+json"};

std::string
brief_of(const Json& json, std::string_view key)
{
  return ellipsis(printable(text_of(json, key)), longest_text);
}

bool
is_commit(std::string_view hex)
{
  return git::ObjectId::from_hex(hex).has_value();
}

/// Numbers of findings by severity, without those that were there before.
using Counts = std::map<std::string, std::uint64_t>;

Risk
risk_of(const Counts& counts)
{
  const auto has = [&](Severity severity) {
    const auto found = counts.find(std::string(name_of(severity)));
    return found != counts.end() && found->second > 0;
  };
  if (has(Severity::critical) || has(Severity::high)) {
    return Risk::high;
  }
  return has(Severity::medium) ? Risk::medium : Risk::low;
}

std::uint64_t
examined(const Json& counts, std::string_view unit)
{
  for (const Json& count : counts.items()) {
    if (text_of(count, "unit") == unit) {
      return count["value"].natural().value_or(0);
    }
  }
  return 0;
}

/// What is common to the two forms.
Json
body_of(const Json& said, const Json& context)
{
  Json bases = Json::array();
  for (const Json& base : context["bases"].items()) {
    if (base.text() != nullptr && is_commit(*base.text()) && bases.size() < most_paths) {
      bases.push_back(*base.text());
    }
  }
  return {{"commit", text_of(context, "head")},
          {"tool", brief_of(said, "tool")},
          {"version", brief_of(said, "version")},
          {"verdict", brief_of(said, "verdict")},
          {"fail-on", brief_of(said, "fail-on")},
          {"breadth", brief_of(context, "breadth")},
          {"bases", std::move(bases)},
          {"range", brief_of(context, "range")}};
}

void
add_migrations(Json& body, const Counts& counts, std::uint64_t files, const std::set<std::string>& paths)
{
  body.at("risk") = name_of(risk_of(counts));
  body.at("migrations") = {{"files", files}, {"paths", Json::array_of(paths)}};
}

Counts
counted_findings(const Json& findings)
{
  Counts counts;
  for (const Json& finding : findings.items()) {
    const auto severity = from_name<Severity>(text_of(finding, "severity"));
    const std::string disposition = text_of(finding, "disposition");
    if (severity && disposition != "baselined" && disposition != "older") {
      ++counts[std::string(name_of(*severity))];
    }
  }
  return counts;
}

/// Paths that findings and the table of locks name, a statement as PATH:LINE.
std::set<std::string>
paths_in(const Json& report)
{
  std::set<std::string> paths;
  const auto add = [&](const std::string* path) {
    if (path != nullptr && !path->empty() && path->size() < longest_text && paths.size() < most_paths) {
      paths.insert(*path);
    }
  };
  for (const Json& finding : report["findings"].items()) {
    add(finding["where"]["path"].text());
  }
  for (const Json& section : report["sections"].items()) {
    for (const Json& row : section["table"]["rows"].items()) {
      const std::string* statement = row[0].text();
      const std::size_t colon = statement == nullptr ? std::string::npos : statement->rfind(':');
      if (colon != std::string::npos) {
        const std::string path = statement->substr(0, colon);
        add(&path);
      }
    }
  }
  return paths;
}

/// Why a pass cannot be one; empty if it can. Of the verdicts only a pass is worth claiming.
std::string_view
contradiction(const Json& report)
{
  if (!report["failure"].is_null()) {
    return "the gate did not finish";
  }
  for (const Json& finding : report["findings"].items()) {
    if (text_of(finding, "disposition") == "active") {
      return "it has a finding that fails";
    }
  }
  for (const Json& gap : report["gaps"].items()) {
    if (gap["accepted"].boolean() != true) {
      return "it has a gap that nobody accepted";
    }
  }
  return "";
}

Result<Json>
body_of_report(const Json& report)
{
  const Json& context = report["context"];
  Json body = body_of(report, context);
  const auto started = parse_rfc3339(text_of(report, "started"));
  const auto duration = report["duration-ms"].natural();
  if (!started || !duration) {
    return fail(ErrorKind::input, "does not say when it was made");
  }
  const auto finished = *started + std::chrono::milliseconds(std::min<std::uint64_t>(*duration, 366ULL * 86'400'000));
  body.at("produced") = rfc3339(std::chrono::floor<std::chrono::seconds>(finished));
  if (const auto why = contradiction(report); text_of(report, "verdict") == "pass" && !why.empty()) {
    return fail(ErrorKind::input, "calls itself passed, but {}", why);
  }
  if (text_of(report, "tool") == "migrations") {
    add_migrations(body, counted_findings(report["findings"]), examined(report["coverage"]["counts"], "files"),
                   paths_in(report));
  }
  return body;
}

Result<Json>
body_of_statement(const Json& statement)
{
  const Json& own = statement["predicate"]["sluice"];
  if (!own.is_object()) {
    return fail(ErrorKind::input, "is a statement about something else: its predicate has no \"sluice\"");
  }
  Json body = body_of(own, own);
  const std::string subject = text_of(statement["subject"][0]["digest"], "gitCommit");
  if (statement["subject"].size() != 1 || subject != text_of(own, "head")) {
    return fail(ErrorKind::input, "its subject is not the commit that its predicate speaks of");
  }
  if (text_of(own, "verdict") == "pass" && text_of(statement["predicate"], "result") == "FAILED") {
    return fail(ErrorKind::input, "calls itself passed, but its result is FAILED");
  }
  body.at("produced") = text_of(own, "finished");
  if (text_of(own, "tool") == "migrations") {
    Counts counts;
    for (const std::string_view severity : EnumNames<Severity>::names) {
      if (const auto count = own["findings"][severity].natural()) {
        counts[std::string(severity)] = *count;
      }
    }
    add_migrations(body, counts, examined(own["examined"], "files"), {});
  }
  return body;
}

Result<>
check_body(const Json& body)
{
  if (text_of(body, "tool").empty() || !is_commit(text_of(body, "commit"))) {
    return fail(ErrorKind::input, "does not say which gate judged which commit");
  }
  const bool is_known = from_name<Verdict>(text_of(body, "verdict")) && from_name<FailOn>(text_of(body, "fail-on"))
                        && time_of(body, "produced");
  if (!is_known) {
    return fail(ErrorKind::input, "has no verdict, threshold or time that this version knows");
  }
  return {};
}

/// The statement in an envelope, of DSSE or of a Sigstore bundle; nothing if it is none.
Result<std::optional<Json>>
opened(const Json& document, const EvidenceSource& source)
{
  const Json* inner = document.find("dsseEnvelope");
  const Json& envelope = inner == nullptr ? document : *inner;
  const std::string* payload = envelope["payload"].text();
  if (payload == nullptr || text_of(envelope, "payloadType") != statement_media) {
    return std::optional<Json>();
  }
  if (source.verified_by.empty()) {
    return fail(ErrorKind::input, "is signed, and nothing has checked the signature: set `evidence_verify`");
  }
  const auto decoded = from_base64(*payload);
  if (!decoded) {
    return fail(ErrorKind::input, "its payload is not base64");
  }
  TRY_ASSIGN(Json statement, Json::parse(*decoded, limits));
  return std::optional(std::move(statement));
}

Result<std::vector<Json>>
bodies_of(const Json& document, const EvidenceSource& source)
{
  std::vector<Json> bodies;
  if (text_of(document, "schema").starts_with(report_schema)) {
    const auto reports = document["reports"].items();
    for (const Json& report : reports.first(std::min(most_reports, reports.size()))) {
      TRY_ASSIGN(Json body, body_of_report(report));
      bodies.push_back(std::move(body));
    }
    return bodies;
  }
  TRY_ASSIGN(const auto inside, opened(document, source));
  const Json& statement = inside ? *inside : document;
  if (!text_of(statement, "_type").starts_with(statement_prefix)) {
    return fail(ErrorKind::input, "is neither a JSON report of Sluice nor an in-toto statement");
  }
  TRY_ASSIGN(Json body, body_of_statement(statement));
  bodies.push_back(std::move(body));
  return bodies;
}

/// One document, or one a line.
Result<std::vector<Json>>
documents_in(std::string_view text)
{
  std::vector<Json> documents;
  auto whole = Json::parse(text, limits);
  if (whole) {
    documents.push_back(*std::move(whole));
    return documents;
  }
  for (const std::string_view line : lines_of(text)) {
    if (trim(line).empty()) {
      continue;
    }
    auto one = documents.size() < most_lines ? Json::parse(line, limits) : Result<Json>(Failure(whole.error()));
    if (!one) {
      return Failure(documents.empty() ? whole.error() : one.error());
    }
    documents.push_back(*std::move(one));
  }
  return documents;
}

Entry
entry_of(Json body, const EvidenceSource& source, const std::string& digest)
{
  Entry entry;
  entry.kind = EntryKind::evidence;
  entry.at = source.at;
  entry.environment = source.environment;
  entry.actor = source.actor;
  entry.body = std::move(body);
  entry.body.at("digest") = digest;
  entry.body.at("way") = source.way == EvidenceSource::Way::brought ? "brought" : "added";
  if (!source.verified_by.empty()) {
    entry.body.at("verified-by") = source.verified_by;
  }
  return entry;
}

}  // namespace

Result<std::vector<Entry>>
evidence_of(std::string_view text, const EvidenceSource& source)
{
  TRY_ASSIGN(const auto documents, documents_in(text));
  const std::string digest = "sha256:" + to_hex(sha256(text));
  std::vector<Entry> entries;
  for (const Json& document : documents) {
    TRY_ASSIGN(auto bodies, bodies_of(document, source));
    for (Json& body : bodies) {
      TRY(check_body(body));
      entries.push_back(entry_of(std::move(body), source, digest));
    }
  }
  if (entries.empty()) {
    return fail(ErrorKind::input, "holds no report");
  }
  return entries;
}

}  // namespace sluice::promote
