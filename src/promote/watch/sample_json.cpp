// SPDX-License-Identifier: Apache-2.0
#include "promote/watch/sample_json.hpp"

#include "base/clock.hpp"
#include "promote/json_members.hpp"
#include "promote/ledger/state.hpp"

namespace sluice::promote {

namespace {

constexpr std::string_view infinite{"+Inf"};  // JSON has no number for it

template<typename Value>
void
put(Json& json, std::string_view key, const std::optional<Value>& value)
{
  if (value) {
    json.at(key) = *value;
  }
}

Json
json_of_value(double value)
{
  return value - value == 0 ? Json(value) : Json(infinite);
}

std::optional<double>
value_in(const Json& json)
{
  if (text_of(json) == infinite) {
    return std::numeric_limits<double>::infinity();
  }
  return json.real();
}

Health
health_in(const Json& json)
{
  return from_name<Health>(text_of(json, "health")).value_or(Health::no_data);
}

}  // namespace

Json
to_json(const Sample& sample, const Redactor& redactor)
{
  Json json{{"at", rfc3339(sample.at)}, {"probe", sample.probe}, {"health", name_of(sample.health)}};
  const auto put_text = [&json, &redactor](std::string_view key, const std::string& text,
                                           TextKind kind = TextKind::line) {
    if (!text.empty()) {
      json.at(key) = redactor.redacted(text, kind);
    }
  };
  put_text("measure", sample.measure);
  put_text("why", sample.why);
  put_text("answer", sample.answer);
  put_text("version", sample.version.value_or(""), TextKind::name);
  put_text("ledger_entry", sample.ledger_entry, TextKind::name);
  put(json, "latency_ms", sample.latency_ms);
  put(json, "p95_ms", sample.p95_ms);
  put(json, "p99_ms", sample.p99_ms);
  put(json, "requests", sample.requests);
  put(json, "errors", sample.errors);
  if (sample.value) {
    json.at("value") = json_of_value(*sample.value);
  }
  if (sample.is_number_alone) {
    json.at("number_alone") = true;
  }
  if (sample.is_repeated) {
    json.at("repeated") = true;
  }
  if (!sample.components.empty()) {
    json.at("components") = Json::array_of(sample.components, [](const Component& component) {
      Json part{{"name", component.name}, {"health", name_of(component.health)}};
      put(part, "latency_ms", component.latency_ms);
      return part;
    });
  }
  return json;
}

Sample
sample_of(const Json& json)
{
  Sample sample;
  sample.at = time_of(json, "at").value_or(std::chrono::sys_seconds{});
  sample.probe = text_of(json, "probe");
  sample.measure = text_of(json, "measure");
  sample.health = health_in(json);
  sample.why = text_of(json, "why");
  sample.answer = text_of(json, "answer");
  if (std::string version = text_of(json, "version"); !version.empty()) {
    sample.version = std::move(version);
  }
  sample.ledger_entry = text_of(json, "ledger_entry");
  sample.latency_ms = json["latency_ms"].real();
  sample.p95_ms = json["p95_ms"].real();
  sample.p99_ms = json["p99_ms"].real();
  sample.requests = json["requests"].natural();
  sample.errors = json["errors"].natural();
  sample.value = value_in(json["value"]);
  sample.is_number_alone = json["number_alone"].boolean().value_or(false);
  sample.is_repeated = json["repeated"].boolean().value_or(false);
  for (const Json& part : json["components"].items()) {
    sample.components.push_back({text_of(part, "name"), health_in(part), part["latency_ms"].real()});
  }
  return sample;
}

}  // namespace sluice::promote
