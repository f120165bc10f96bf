// SPDX-License-Identifier: Apache-2.0
#include "promote/record/trace.hpp"

#include "base/hash.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

// opentelemetry/proto/trace/v1/trace.proto
constexpr int kind_internal = 1;
enum class StatusCode { unset = 0, ok = 1, error = 2 };

constexpr std::size_t trace_digits = 32;
constexpr std::size_t span_digits = 16;

std::string
derived_id(std::string_view promotion, std::string_view what, std::size_t digits)
{
  return to_hex(sha256(fmt::format("trace\n{}\n", promotion), what)).substr(0, digits);
}

std::string
nanoseconds(std::chrono::sys_time<std::chrono::milliseconds> time)
{
  const std::int64_t milliseconds = std::max<std::int64_t>(0, time.time_since_epoch().count());
  return milliseconds == 0 ? "0" : fmt::format("{}000000", milliseconds);
}

Json
attribute(std::string_view key, Json value)
{
  return Json{{"key", key}, {"value", std::move(value)}};
}

void
add_text(Json& attributes, std::string_view key, const std::string& text)
{
  if (!text.empty()) {
    attributes.push_back(attribute(key, Json{{"stringValue", text}}));
  }
}

void
add_flag(Json& attributes, std::string_view key, bool flag)
{
  attributes.push_back(attribute(key, Json{{"boolValue", flag}}));
}

void
add_number(Json& attributes, std::string_view key, std::optional<double> number)
{
  if (number) {
    attributes.push_back(attribute(key, Json{{"doubleValue", *number}}));
  }
}

Json
event_of(const Sample& sample)
{
  Json attributes = Json::array();
  add_text(attributes, "sluice.probe", sample.probe);
  add_text(attributes, "sluice.health", std::string(name_of(sample.health)));
  add_text(attributes, "sluice.why", sample.why);
  add_number(attributes, "sluice.latency_ms", sample.latency_ms);
  add_number(attributes, "sluice.p95_ms", sample.p95_ms);
  add_number(attributes, "sluice.p99_ms", sample.p99_ms);
  return Json{{"timeUnixNano", nanoseconds(sample.at)}, {"name", "look"}, {"attributes", std::move(attributes)}};
}

Json
status(StatusCode code, const std::string& message)
{
  Json json{{"code", static_cast<int>(code)}};
  if (code == StatusCode::error && !message.empty()) {
    json.at("message") = message;
  }
  return json;
}

StatusCode
code_of(const RecordedStep& step)
{
  if (step.outcome == "begun") {
    return StatusCode::unset;
  }
  return step.outcome == "done" ? StatusCode::ok : StatusCode::error;
}

StatusCode
code_of(const Record& record)
{
  if (!record.promotion.end || record.promotion.end == EntryKind::aborted) {
    return StatusCode::unset;
  }
  const bool is_wanted =
      record.promotion.end == EntryKind::confirmed
      || (record.promotion.end == EntryKind::rolled_back && record.promotion.kind == Promotion::Kind::rollback);
  return is_wanted ? StatusCode::ok : StatusCode::error;
}

/// A step took as long as its run measured; the ledger's own times are of whole seconds.
std::chrono::sys_time<std::chrono::milliseconds>
end_of(const RecordedStep& step)
{
  return step.outcome == "begun" || step.time.count() == 0 ? step.ended : step.begun + step.time;
}

Json
span_of(const RecordedStep& step, const std::string& promotion)
{
  Json attributes = Json::array();
  add_text(attributes, "sluice.step", step.name);
  add_text(attributes, "sluice.outcome", step.outcome);
  add_text(attributes, "sluice.actor", step.actor);
  add_flag(attributes, "sluice.repeated", step.was_repeated);
  if (step.status) {
    attributes.push_back(attribute("process.exit.code", Json{{"intValue", fmt::format("{}", *step.status)}}));
  }
  return Json{{"traceId", derived_id(promotion, "", trace_digits)},
              {"spanId", derived_id(promotion, fmt::format("step {}", step.name), span_digits)},
              {"parentSpanId", derived_id(promotion, "promotion", span_digits)},
              {"name", step.name},
              {"kind", kind_internal},
              {"startTimeUnixNano", nanoseconds(step.begun)},
              {"endTimeUnixNano", nanoseconds(end_of(step))},
              {"attributes", std::move(attributes)},
              {"events", Json::array_of(step.samples, event_of)},
              {"status", status(code_of(step), step.why)}};
}

/// By the semantic conventions for deployments and version control where they have a name.
Json
attributes_of(const Record& record)
{
  const Promotion& promotion = record.promotion;
  Json attributes = Json::array();
  add_text(attributes, "deployment.environment.name", promotion.environment);
  add_text(attributes, "deployment.id", promotion.id);
  if (code_of(record) != StatusCode::unset) {
    add_text(attributes, "deployment.status", code_of(record) == StatusCode::ok ? "succeeded" : "failed");
  }
  add_text(attributes, "vcs.ref.head.revision", promotion.commit);
  add_text(attributes, "sluice.identity", promotion.identity);
  add_text(attributes, "sluice.previous", promotion.previous ? promotion.previous->commit : "");
  add_text(attributes, "sluice.outcome", record.outcome);
  add_text(attributes, "sluice.actor", promotion.actor);
  add_text(attributes, "sluice.reason", promotion.reason);
  add_flag(attributes, "sluice.emergency", promotion.is_emergency);
  return attributes;
}

Json
root_of(const Record& record)
{
  const Promotion& promotion = record.promotion;
  std::chrono::sys_time<std::chrono::milliseconds> end = std::max(promotion.begun, promotion.ended);
  for (const RecordedStep& step : record.steps) {
    end = std::max(end, end_of(step));
  }
  const bool is_rollback = promotion.kind == Promotion::Kind::rollback;
  return Json{{"traceId", derived_id(promotion.id, "", trace_digits)},
              {"spanId", derived_id(promotion.id, "promotion", span_digits)},
              {"name", fmt::format("{} {}", is_rollback ? "rollback" : "promotion", promotion.environment)},
              {"kind", kind_internal},
              {"startTimeUnixNano", nanoseconds(promotion.begun)},
              {"endTimeUnixNano", nanoseconds(end)},
              {"attributes", attributes_of(record)},
              {"events", Json::array()},
              {"status", status(code_of(record), promotion.end_why)}};
}

}  // namespace

Json
trace_of(const Record& record, std::string_view version)
{
  Json spans = Json::array({root_of(record)});
  for (const RecordedStep& step : record.steps) {
    spans.push_back(span_of(step, record.promotion.id));
  }
  Json resource = Json::array();
  add_text(resource, "service.name", "sluice-promote");
  add_text(resource, "service.version", std::string(version));
  Json scope{{"scope", {{"name", "sluice.promote"}, {"version", version}}}, {"spans", std::move(spans)}};
  Json resource_spans{{"resource", Json{{"attributes", std::move(resource)}}},
                      {"scopeSpans", Json::array({std::move(scope)})}};
  return Json{{"resourceSpans", Json::array({std::move(resource_spans)})}};
}

}  // namespace sluice::promote
