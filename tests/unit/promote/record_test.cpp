// SPDX-License-Identifier: Apache-2.0
#include "ledger_story.hpp"
#include "promote/json_members.hpp"
#include "promote/record/record.hpp"
#include "promote/record/trace.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;

namespace {

using Texts = std::vector<std::string>;

Record
record_in(const Story& story, const std::string& id, const Stage& stage = {})
{
  for (const Promotion& promotion : story.here().promotions) {
    if (promotion.id == id) {
      return record_of(promotion, story.state, story.entries, stage);
    }
  }
  FAIL("no such promotion");
  return {};
}

Json
look(const std::string& probe, const std::string& health, const std::string& answer)
{
  return Json{{"at", "2026-11-24T10:00:00Z"}, {"probe", probe}, {"health", health}, {"answer", answer}};
}

Texts
kinds_of(const std::vector<Word>& words)
{
  Texts kinds;
  for (const Word& word : words) {
    kinds.emplace_back(name_of(word.entry.kind));
  }
  return kinds;
}

std::string
migrated(Story& story, const std::string& commit, const Texts& applied)
{
  const std::string id = story.begin(commit);
  story.step_of(id, "migrate", "done", Json{{"applied", Json::array_of(applied)}});
  story.step_of(id, "verify");
  story.end(id, EntryKind::confirmed);
  return id;
}

}  // namespace

TEST_CASE("a record has who, what, when, why and each step with who ran it")
{
  Story story;
  story.confirm("a");
  const std::string id =
      story.begin("b", Json{{"reason", "autumn"}, {"emergency", true}, {"waived", Json::array({"soak"})}});
  story.step_of(id, "backup", "done", Json{{"backup", {{"file", "b.dump"}, {"rows", 3}}}});
  story.tell(EntryKind::step_begun, Json{{"step", "deploy"}, {"key", "k"}}, id);
  story.actor = "bob";
  story.tell(EntryKind::taken_over, Json{{"lease", {{"seconds", 60}}}, {"mode", "resume"}}, id);
  story.step_of(id, "deploy", "done", Json{{"status", 0}, {"output", "done"}});
  story.step_of(id, "verify");
  story.end(id, EntryKind::confirmed);
  const Record record = record_in(story, id, Stage{.url = "https://shop.example", .runbook = "runbook.md"});
  CHECK(record.outcome == "confirmed");
  CHECK(record.promotion.reason == "autumn");
  CHECK(record.promotion.previous->commit == "a");
  CHECK(record.first_entry == 7);
  CHECK(record.last_entry == story.entries.size());
  REQUIRE(record.steps.size() == 3);
  CHECK(record.steps[0].name == "backup");
  CHECK(record.steps[0].actor == "ada");
  CHECK(record.steps[1].name == "deploy");
  CHECK(record.steps[1].actor == "bob");
  CHECK(record.steps[1].was_repeated);
  CHECK(record.steps[1].status == 0);
  CHECK(record.steps[1].time == std::chrono::milliseconds(1500));
  CHECK(text_of(record.backup, "file") == "b.dump");
  CHECK(record.backup_actor == "ada");
  CHECK(record.url == "https://shop.example");
  CHECK(record.debrief_due == story.now() + debrief_time);
}

TEST_CASE("what was said of the commit until its end belongs to it, for this environment or for all")
{
  Story story;
  story.tell(EntryKind::approved, Json{{"commit", "a"}});
  story.tell(EntryKind::approved, Json{{"commit", "other"}});
  story.tell(EntryKind::evidence, Json{{"commit", "a"}, {"tool", "secrets"}}, "", "");
  story.tell(EntryKind::evidence, Json{{"commit", "a"}, {"tool", "deps"}});
  story.tell(EntryKind::attested, Json{{"commit", "a"}, {"item", "QA"}}, "", "staging");
  const std::string id = story.confirm("a", Json{{"emergency", true}});
  story.tell(EntryKind::attested, Json{{"commit", "a"}, {"item", "late"}});
  story.tell(EntryKind::reviewed, Json{{"reviewed", id}});
  const Record record = record_in(story, id);
  CHECK(kinds_of(record.words) == Texts{"approved", "reviewed"});
  REQUIRE(record.evidence.size() == 2);
  CHECK(text_of(record.evidence[0].entry.body, "tool") == "secrets");
  CHECK(text_of(record.evidence[1].entry.body, "tool") == "deps");
}

TEST_CASE("the migrations that are new are those that the last promotion before did not have")
{
  Story story;
  const std::string first = migrated(story, "a", {"001", "002"});
  const std::string none = story.confirm("b");
  const std::string third = migrated(story, "c", {"001", "002", "003", "004"});
  CHECK_FALSE(record_in(story, first).migrations->added);
  CHECK(record_in(story, first).migrations->applied == 2);
  CHECK_FALSE(record_in(story, none).migrations);
  CHECK(record_in(story, third).migrations->added == Texts{"003", "004"});
}

TEST_CASE("the last answer of each probe before the way back is kept, and none of the way back itself")
{
  Story story;
  story.confirm("a");
  const std::string id = story.begin("b");
  story.step_of(id, "deploy");
  story.step_of(id, "verify", "unhealthy",
                Json{{"samples", Json::array({look("web", "healthy", "old"), look("db", "healthy", "fine"),
                                              look("web", "unhealthy", "503")})}});
  story.step_of(id, "rollback");
  story.step_of(id, "verify-rollback", "done", Json{{"samples", Json::array({look("web", "healthy", "after")})}});
  story.end(id, EntryKind::rolled_back, "why");
  const Record record = record_in(story, id);
  REQUIRE(record.answers.size() == 2);
  CHECK(record.answers[0].answer == "fine");
  CHECK(record.answers[1].answer == "503");
  CHECK(record.open.size() == 2);
}

TEST_CASE("looks at a release belong to its record until the next promotion begins")
{
  Story story;
  const std::string first = story.confirm("a");
  story.look("unhealthy", "a");
  story.tell(EntryKind::observed, Json{{"outcome", "healthy"}, {"identity", "a"}}, "", "staging");
  const std::string second = story.confirm("b");
  story.look("unhealthy", "b");
  CHECK(record_in(story, first).looks.size() == 1);
  CHECK(record_in(story, second).looks.size() == 1);
}

TEST_CASE("a record of what goes on has no end")
{
  Story story;
  const std::string id = story.begin("a");
  story.tell(EntryKind::step_begun, Json{{"step", "deploy"}, {"key", "k"}}, id);
  const Record record = record_in(story, id);
  CHECK(record.outcome == "running");
  CHECK(json_of(record)["ended"].is_null());
  CHECK(record.steps.front().outcome == "begun");
  CHECK(markdown_of(record).find("since 2026-11-24") != std::string::npos);
}

TEST_CASE("nothing that others wrote becomes structure of the Markdown")
{
  const std::string hostile = "</pre></code>\n## owned | <img> ![x](http://evil) @all `";
  Story story;
  story.actor = hostile;
  const std::string id = story.begin(
      hostile, Json{{"reason", hostile},
                    {"gates", Json::array({Json{{"gate", hostile}, {"answer", hostile}, {"why", hostile}}})}});
  story.step_of(id, "deploy", "failed", Json{{"why", hostile}, {"output", hostile}});
  story.end(id, EntryKind::failed, hostile);
  story.tell(EntryKind::noted, Json{{"about", id}, {"item", hostile}, {"reason", hostile}});
  const std::string text = markdown_of(
      record_in(story, id, Stage{.url = hostile, .runbook = "https://wiki.example/runbook", .contacts = {hostile}}));
  CHECK(text.find("\n## owned") == std::string::npos);
  for (const char* piece : {"<img", "![", "@all", "](http", "all `"}) {
    CHECK(text.find(piece) == std::string::npos);
  }
  CHECK(text.find("<https://wiki.example/runbook>") != std::string::npos);
}

namespace {

using Keys = std::set<std::string>;

Keys
keys_of(const Json& json)
{
  Keys keys;
  for (const Json::Member& member : json.members()) {
    keys.insert(member.key);
  }
  return keys;
}

bool
is_hexadecimal(const std::string& text, std::size_t digits)
{
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string::npos
         && text.find_first_not_of('0') != std::string::npos;
}

void
check_attributes(const Json& attributes)
{
  REQUIRE(attributes.is_array());
  Keys seen;
  for (const Json& attribute : attributes.items()) {
    CHECK(keys_of(attribute) == Keys{"key", "value"});
    CHECK(seen.insert(text_of(attribute, "key")).second);
    REQUIRE(attribute["value"].members().size() == 1);
    const Json::Member& value = attribute["value"].members().front();
    CHECK(Keys{"stringValue", "boolValue", "intValue", "doubleValue"}.contains(value.key));
    CHECK((value.key != "intValue" || value.value.text() != nullptr));
  }
}

void
check_span(const Json& span)
{
  const Keys fields{"traceId",           "spanId", "parentSpanId", "name",   "kind",
                    "startTimeUnixNano", "status", "attributes",   "events", "endTimeUnixNano"};
  for (const std::string& key : keys_of(span)) {
    CHECK(fields.contains(key));
  }
  CHECK(is_hexadecimal(text_of(span, "traceId"), 32));
  CHECK(is_hexadecimal(text_of(span, "spanId"), 16));
  CHECK(span["kind"].integer() == 1);
  CHECK(std::stoull(text_of(span, "startTimeUnixNano")) <= std::stoull(text_of(span, "endTimeUnixNano")));
  CHECK(span["status"]["code"].natural().value() <= 2);
  check_attributes(span["attributes"]);
  for (const Json& event : span["events"].items()) {
    CHECK(keys_of(event) == Keys{"timeUnixNano", "name", "attributes"});
    check_attributes(event["attributes"]);
  }
}

}  // namespace

// opentelemetry-proto 1.x: trace/v1/trace.proto and docs/specification.md, "JSON Protobuf Encoding".
TEST_CASE("a trace has the form that OTLP's JSON has")
{
  Story story;
  story.confirm("a");
  const std::string id = story.begin("b");
  story.step_of(id, "deploy", "done", Json{{"status", 0}});
  story.step_of(id, "verify", "unhealthy", Json{{"samples", Json::array({look("web", "unhealthy", "503")})}});
  story.end(id, EntryKind::rolled_back, "verify: it said no");
  const Json trace = trace_of(record_in(story, id), "1.2.3");
  CHECK(keys_of(trace) == Keys{"resourceSpans"});
  const Json& resource = trace["resourceSpans"][0];
  CHECK(keys_of(resource) == Keys{"resource", "scopeSpans"});
  check_attributes(resource["resource"]["attributes"]);
  const Json& scope = resource["scopeSpans"][0];
  CHECK(text_of(scope["scope"], "version") == "1.2.3");
  REQUIRE(scope["spans"].items().size() == 3);
  Keys ids;
  for (const Json& span : scope["spans"].items()) {
    check_span(span);
    CHECK(ids.insert(text_of(span, "spanId")).second);
    CHECK(text_of(span, "traceId") == text_of(scope["spans"][0], "traceId"));
  }
  CHECK(scope["spans"][0].find("parentSpanId") == nullptr);
  CHECK(text_of(scope["spans"][1], "parentSpanId") == text_of(scope["spans"][0], "spanId"));
  CHECK(scope["spans"][0]["status"]["code"].integer() == 2);
  CHECK(text_of(scope["spans"][0]["status"], "message") == "verify: it said no");
  CHECK(scope["spans"][1]["status"]["code"].integer() == 1);
  CHECK(scope["spans"][2]["events"].size() == 1);
  CHECK(trace == trace_of(record_in(story, id), "1.2.3"));
}

TEST_CASE("percentiles of a sample of several requests are where its latency is")
{
  Story story;
  Json many = look("web", "healthy", "ok");
  many.at("latency_ms") = 12;
  many.at("p95_ms") = 40;
  many.at("p99_ms") = 41.5;
  const std::string id = story.begin("a");
  story.step_of(id, "verify", "done", Json{{"samples", Json::array({many})}});
  story.end(id, EntryKind::confirmed);
  const Record record = record_in(story, id);
  CHECK(record.steps[0].samples[0].p95_ms == 40);
  const Json json = json_of(record);
  CHECK(json["steps"][0]["samples"][0]["p95_ms"].real() == 40);
  CHECK(json["steps"][0]["samples"][0]["p99_ms"].real() == 41.5);
  const std::string trace = trace_of(record, "1.2.3").dump();
  for (const char* name : {"sluice.latency_ms", "sluice.p95_ms", "sluice.p99_ms"}) {
    CHECK(trace.find(name) != std::string::npos);
  }
}
