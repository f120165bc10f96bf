// SPDX-License-Identifier: Apache-2.0
//
// The JSON Schema (draft-07, what editors and SchemaStore take) of .sluice.yml.
#include "base/json.hpp"
#include "cli/help.hpp"
#include "dev/generate.hpp"
#include "dev/option_tables.hpp"

namespace sluice::dev {

namespace {

Json schema_of(const config::Option& option);

Json
record_schema(const config::Option& option)
{
  config::OptionTable fields;
  option.records.describe_one(fields);
  Json properties = Json::object();
  Json required = Json::array();
  for (const config::Option& field : fields.options()) {
    properties.at(field.spec.key) = schema_of(field);
    if (field.required) {
      required.push_back(field.spec.key);
    }
  }
  const Json type = required.size() == 0 ? Json::array({"object", "null"}) : Json("object");
  return {{"type", type}, {"additionalProperties", false}, {"required", required}, {"properties", properties}};
}

/// A mapping of any names. Like a list it may be left empty, which YAML reads as null.
Json
map_schema(const Json& value)
{
  return {{"type", Json::array({"object", "null"})}, {"additionalProperties", value}};
}

/// What config::parse_duration reads.
Json
duration_schema()
{
  return {{"type", Json::array({"string", "integer"})},
          {"minimum", 0},
          {"pattern", "^([0-9]+|(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$"}};
}

Json
value_schema(const config::Option& option)
{
  switch (option.kind) {
  case config::OptionKind::toggle:
    return {{"type", "boolean"}};
  case config::OptionKind::number:
    return {{"type", "integer"}, {"minimum", option.minimum}, {"maximum", option.maximum}};
  case config::OptionKind::real:
    return {{"type", "number"}, {"minimum", option.least}, {"maximum", option.most}};
  case config::OptionKind::duration:
    return duration_schema();
  case config::OptionKind::choice:
    return {{"enum", Json::array_of(option.choices)}};
  case config::OptionKind::list:
    return {{"type", Json::array({"array", "string", "null"})}, {"items", {{"type", "string"}}}};
  case config::OptionKind::choice_map:
    return map_schema({{"enum", Json::array_of(option.choices)}});
  case config::OptionKind::text_map:
    return map_schema({{"type", Json::array({"string", "number", "boolean"})}});
  case config::OptionKind::record:
    return record_schema(option);
  case config::OptionKind::records:
    return {{"type", Json::array({"array", "null"})}, {"items", record_schema(option)}};
  case config::OptionKind::record_map:
    return map_schema(record_schema(option));
  case config::OptionKind::text:
    break;
  }
  return {{"type", "string"}};
}

Json
schema_of(const config::Option& option)
{
  Json schema = value_schema(option);
  schema.at("description") = option.spec.help;
  if (option.kind == config::OptionKind::choice) {
    schema.at("default") = option.built_in;
  }
  if (option.spec.value == "YYYY-MM-DD") {
    schema.at("format") = "date";
  }
  return schema;
}

void
add_properties(Json& properties, const config::OptionTable& table, std::string_view section)
{
  for (const config::Option& option : table.options()) {
    const bool is_own = option.section == section || option.section.empty();
    const bool is_in_files =
        option.spec.surface == config::Surface::everywhere && option.spec.trust != config::Trust::operator_only;
    if (is_own && is_in_files) {
      properties.at(option.spec.key) = schema_of(option);
    }
  }
}

Json
section_schema(const gate::Type& type)
{
  const GateOptions options(type);
  Json properties = Json::object();
  add_properties(properties, options.table, type.face->info.name);
  return {{"type", Json::array({"object", "null"})},
          {"description", type.face->info.question},
          {"additionalProperties", false},
          {"properties", properties}};
}

}  // namespace

std::string
configuration_schema(Gates gates)
{
  config::CommonOptions common;
  config::OptionTable table;
  config::describe(common, table);
  Json properties = Json::object();
  add_properties(properties, table, "");
  Json names = Json::array();
  for (const gate::Type* gate : gates) {
    names.push_back(gate->face->info.name);
  }
  properties.at("gates") = {{"type", "array"},
                            {"items", {{"enum", names}}},
                            {"description", "The gates that `sluice check` runs; all of them if none is named."}};
  for (const gate::Type* gate : gates) {
    properties.at(gate->face->info.name) = section_schema(*gate);
  }
  const Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                    {"title", "Sluice's configuration, .sluice.yml"},
                    {"type", Json::array({"object", "null"})},
                    {"additionalProperties", false},
                    {"properties", properties}};
  return schema.dump(2) + "\n";
}

}  // namespace sluice::dev
