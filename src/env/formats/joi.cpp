// SPDX-License-Identifier: Apache-2.0
//
// Schemas of Joi (https://joi.dev), as Nest's ConfigModule has them, and of yup, which has the same words. A variable
// is optional unless it says `required()`.
#include "env/code/syntaxes.hpp"
#include "env/format.hpp"
#include "env/javascript_schemas.hpp"
#include "env/language.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 4> libraries{"Joi", "joi", "yup", "Yup"};
constexpr std::array<std::string_view, 4> words{"Joi.object", "joi.object", "yup.object", "Yup.object"};

constexpr std::array<std::array<std::string_view, 2>, 15> type_steps{{{"string", "string"},
                                                                      {"number", "number"},
                                                                      {"boolean", "boolean"},
                                                                      {"bool", "boolean"},
                                                                      {"uri", "url"},
                                                                      {"url", "url"},
                                                                      {"email", "email"},
                                                                      {"port", "port"},
                                                                      {"hostname", "hostname"},
                                                                      {"domain", "hostname"},
                                                                      {"ip", "ip"},
                                                                      {"guid", "uuid"},
                                                                      {"uuid", "uuid"},
                                                                      {"isoDate", "date"},
                                                                      {"base64", "base64"}}};

void
set_bound(const code::Step& step, Item& item)
{
  const code::Token* value = code::literal(step.arguments);
  if (value == nullptr) {
    return;
  }
  const bool is_string = item.type.id == "string";
  if (step.name == "length" && is_string) {
    item.type.options.insert_or_assign("isLength", std::string(value->text));
  } else if ((step.name == "min" || step.name == "max")
             && (is_string || item.type.id == "number" || item.type.id == "integer" || item.type.id == "port")) {
    item.type.options.insert_or_assign(std::string(step.name) + (is_string ? "Length" : ""), std::string(value->text));
  }
}

void
apply(const code::Step& step, Item& item)
{
  const auto type =
      std::find_if(type_steps.begin(), type_steps.end(), [&](const auto& each) { return each[0] == step.name; });
  if (step.name == "required") {
    item.need = Need::required;
  } else if (step.name == "when") {
    item.need = Need::computed;
  } else if (step.name == "default") {
    item.need = Need::optional;
    if (const code::Token* value = code::literal(step.arguments)) {
      item.fallback = code::unescaped(value->text);
    }
  } else if (step.name == "valid" || step.name == "oneOf" || step.name == "equal") {
    const std::string values = listed_values(step.arguments);
    item.type = values.empty() ? TypeUse{} : TypeUse{"enum", {{"values", values}}};
  } else if (step.name == "integer" && item.type.id == "number") {
    item.type.id = "integer";
  } else if (type != type_steps.end()) {
    item.type = known_type((*type)[1]);
  } else {
    set_bound(step, item);
  }
}

Item
item_of(const code::Member& member)
{
  Item item{.name = member.name, .line = member.line};
  const auto steps = steps_of(member.value);
  if (steps.empty() || std::find(libraries.begin(), libraries.end(), steps.front().name) == libraries.end()) {
    return item;
  }
  item.need = Need::optional;
  for (const code::Step& step : steps) {
    apply(step, item);
  }
  return item;
}

bool
has(std::string_view path)
{
  return has_extension(path, javascript_extensions);
}

Schema
read(const gate::SourceText& source, const gate::FileTree& /*tree*/)
{
  SchemaBuilder builder(source.path(), SchemaBuilder::In::program);
  const auto tokens = code::javascript_tokens(source.path(), source.text()).all;
  for (const auto& members : environment_objects(tokens, source.path(), libraries)) {
    for (const code::Member& member : members) {
      builder.add(item_of(member));
    }
  }
  return builder.take();
}

}  // namespace

extern const Format format_joi{.id = "joi", .title = "Joi", .has = has, .words = words, .read = read};

}  // namespace sluice::env
