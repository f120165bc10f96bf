// SPDX-License-Identifier: Apache-2.0
#include "promote/probe/probe_contract.hpp"

#include "base/text.hpp"
#include "git/object_id.hpp"
#include "promote/probe/probe_path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace sluice::promote {

namespace {

constexpr std::size_t most_components = 200;
constexpr std::size_t most_named = 3;
constexpr std::size_t most_name = 100;

struct Word
{
  std::string_view text;
  Health health;
};

/// The contract's own words and those of application/health+json and Spring Boot.
constexpr std::array<Word, 12> words{{{"healthy", Health::healthy},
                                      {"ok", Health::healthy},
                                      {"pass", Health::healthy},
                                      {"up", Health::healthy},
                                      {"degraded", Health::degraded},
                                      {"warn", Health::degraded},
                                      {"warning", Health::degraded},
                                      {"unhealthy", Health::unhealthy},
                                      {"fail", Health::unhealthy},
                                      {"error", Health::unhealthy},
                                      {"down", Health::unhealthy},
                                      {"out_of_service", Health::unhealthy}}};

/// Nothing of what is no status: a number, which is that of HTTP once more, or absent.
std::optional<Health>
health_in(const Json& status)
{
  if (status.boolean()) {
    return *status.boolean() ? Health::healthy : Health::unhealthy;
  }
  if (status.text() == nullptr) {
    return status.is_array() || status.is_object() ? std::optional(Health::no_data) : std::nullopt;
  }
  const std::string lower = to_lower(trim(*status.text()));
  const auto word = std::find_if(words.begin(), words.end(), [&](const Word& each) { return each.text == lower; });
  return word == words.end() ? Health::no_data : word->health;
}

/// By `status` and by `ok`, whichever is worse; nothing if it has neither.
std::optional<Health>
said_in(const Json& object)
{
  const auto status = health_in(object["status"]);
  const auto ok =
      object["ok"].is_null() ? std::nullopt : std::optional(health_in(object["ok"]).value_or(Health::no_data));
  return status || ok ? std::optional(std::max(status.value_or(Health::healthy), ok.value_or(Health::healthy)))
                      : std::nullopt;
}

/// A number that a time or a count may be.
std::optional<double>
amount_in(const Json& json)
{
  const auto number = json.real();
  return number && std::isfinite(*number) && *number >= 0 ? number : std::nullopt;
}

/// Of a check that says nothing: no data.
Health
health_of_check(const Json& check)
{
  if (check.is_array()) {
    Health worst = check.size() == 0 ? Health::no_data : Health::healthy;
    for (const Json& each : check.items()) {
      worst = std::max(worst, each.is_array() ? Health::no_data : health_of_check(each));
    }
    return worst;
  }
  if (!check.is_object()) {
    return health_in(check).value_or(Health::no_data);
  }
  return said_in(check).value_or(Health::no_data);
}

std::vector<Component>
components_in(const Json& checks)
{
  std::vector<Component> components;
  for (const Json::Member& each : checks.members().first(std::min(checks.members().size(), most_components))) {
    components.push_back(
        {ellipsis(printable(each.key), most_name), health_of_check(each.value), amount_in(each.value["latency_ms"])});
  }
  return components;
}

/// "database is unhealthy, cache is degraded and 2 more are not well"
std::string
named(const std::vector<Component>& components)
{
  std::vector<std::string> names;
  std::size_t rest = 0;
  for (const Component& each : components) {
    if (each.health != Health::healthy && names.size() < most_named) {
      names.push_back(fmt::format("{} is {}", each.name, name_of(each.health)));
    } else if (each.health != Health::healthy) {
      ++rest;
    }
  }
  return join(names, ", ") + (rest > 0 ? fmt::format(" and {} more are not well", rest) : "");
}

/// What the parts say of the whole. One of which nothing is known is not one that is not well.
Health
health_of_parts(const std::vector<Component>& components)
{
  const auto count = [&](Health health) {
    return std::count_if(components.begin(), components.end(),
                         [health](const Component& each) { return each.health == health; });
  };
  const auto all = static_cast<std::ptrdiff_t>(components.size());
  if (count(Health::healthy) == all) {
    return Health::healthy;
  }
  if (count(Health::no_data) == all) {
    return Health::no_data;
  }
  const bool none_is_well = count(Health::healthy) == 0 && count(Health::degraded) == 0 && count(Health::no_data) == 0;
  return none_is_well ? Health::unhealthy : Health::degraded;
}

void
take_health(Sample& sample, const Json& json)
{
  const auto said = said_in(json);
  const bool is_by_status = health_in(json["status"]) == said;
  const std::string_view key = is_by_status ? "status" : "ok";
  const Health of_parts = health_of_parts(sample.components);
  sample.health = std::max(said.value_or(Health::healthy), of_parts);
  const std::string parts = named(sample.components);
  if (said && *said == Health::no_data && sample.health == Health::no_data) {
    sample.why = fmt::format("its {} is none that is known: {}", key, plain_text(json[key]));
  } else if (!parts.empty()) {
    sample.why = parts;
  } else if (sample.health != Health::healthy) {
    sample.why = is_by_status ? fmt::format("it says that it is {}", plain_text(json[key]))
                              : fmt::format("it says that ok is {}", plain_text(json[key]));
  }
}

void
take_numbers(Sample& sample, const Json& json)
{
  sample.latency_ms = amount_in(json["latency_ms"]);
  sample.requests = json["requests"].natural();
  sample.errors = json["errors"].natural();
  if (!json["errors"].is_null() && !sample.errors) {
    sample.requests.reset();  // a count that is none makes the other worth nothing
  }
  if (sample.requests && sample.errors) {
    sample.errors = std::min(*sample.errors, *sample.requests);
  }
  const auto value = json["value"].real();
  sample.value = value && !std::isnan(*value) ? value : std::nullopt;
}

/// Empty: the answer has none.
std::string
version_in(const Json& json, std::string_view version_path)
{
  const auto path = parse_path(version_path);
  const Json* const version = path ? value_at(json, *path) : nullptr;
  return version == nullptr || version->is_null() || version->is_object() || version->is_array()
             ? ""
             : std::string(trim(plain_text(*version)));
}

/// An entry's id, or nothing of what is none.
std::string
entry_in(const Json& json)
{
  const std::string* text = json["ledger_entry"].text();
  const auto id = text == nullptr ? std::nullopt : git::ObjectId::from_hex(trim(*text));
  return id ? id->hex() : std::string();
}

}  // namespace

ContractReading
read_contract(const Json& json, std::string_view version_path)
{
  ContractReading reading;
  Sample& sample = reading.sample;
  sample.health = Health::healthy;
  if (!json.is_object()) {
    return reading;
  }
  sample.components = components_in(json["checks"]);
  take_numbers(sample, json);
  if (std::string version = version_in(json, version_path); !version.empty()) {
    sample.version = std::move(version);
  }
  sample.ledger_entry = entry_in(json);
  take_health(sample, json);
  // No request is no look.
  const bool was_asked = sample.requests && *sample.requests > 0;
  if (!json["requests"].is_null() && !was_asked && sample.health == Health::healthy) {
    sample.health = Health::no_data;
    sample.why = "it counted no requests";
  }
  const bool can_fail = sample.latency_ms || was_asked || sample.errors || sample.version || !sample.components.empty()
                        || said_in(json).has_value();
  sample.is_number_alone = sample.value && !can_fail;
  reading.says_something = can_fail || sample.value;
  return reading;
}

}  // namespace sluice::promote
