// SPDX-License-Identifier: Apache-2.0
//
// Schemas of zod (https://zod.dev), by themselves and in t3-env (https://env.t3.gg). What zod takes for a value of
// JavaScript counts as what the type of the same name makes of a text.
#include "env/code/syntaxes.hpp"
#include "env/format.hpp"
#include "env/javascript_schemas.hpp"
#include "env/language.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 3> libraries{"z", "zod", "Z"};
constexpr std::array<std::string_view, 4> words{"createEnv", "z.object", "z.strictObject", "zod.object"};

/// Steps that set an option of a type, where it has one of that name.
struct OptionStep
{
  std::string_view step;
  std::string_view type;
  std::string_view option;
};
constexpr std::array<OptionStep, 11> option_steps{{{"min", "string", "minLength"},
                                                   {"max", "string", "maxLength"},
                                                   {"length", "string", "isLength"},
                                                   {"startsWith", "string", "startsWith"},
                                                   {"endsWith", "string", "endsWith"},
                                                   {"regex", "string", "matches"},
                                                   {"min", "number", "min"},
                                                   {"max", "number", "max"},
                                                   {"gte", "number", "min"},
                                                   {"lte", "number", "max"},
                                                   {"multipleOf", "number", "isDivisibleBy"}}};

/// Steps and functions that are a type of ours by another name, or by the same.
constexpr std::array<std::array<std::string_view, 2>, 20> type_steps{
    {{"string", "string"},   {"number", "number"},
     {"boolean", "boolean"}, {"stringbool", "boolean"},
     {"url", "url"},         {"httpUrl", "httpurl"},
     {"email", "email"},     {"uuid", "uuid"},
     {"guid", "uuid"},       {"ip", "ip"},
     {"ipv4", "ipv4"},       {"ipv6", "ipv6"},
     {"datetime", "date"},   {"date", "date"},
     {"base64", "base64"},   {"jwt", "jwt"},
     {"json", "json"},       {"hostname", "hostname"},
     {"bigint", "integer"},  {"duration", "duration"}}};

void
set_option(const code::Step& step, Item& item)
{
  const std::string_view type = item.type.id == "integer" ? "number" : std::string_view(item.type.id);
  const auto found = std::find_if(option_steps.begin(), option_steps.end(),
                                  [&](const OptionStep& each) { return each.step == step.name && each.type == type; });
  const auto parts = parts_of(step.arguments);
  if (found == option_steps.end() || parts.empty()) {
    return;
  }
  const code::TokenSpan first = parts.front();
  if (first.size() == 1 && first.front().kind == code::Token::Kind::regex) {
    item.type.options.insert_or_assign(std::string(found->option), std::string(first.front().text));
  } else if (const code::Token* value = code::literal(first)) {
    item.type.options.insert_or_assign(std::string(found->option), code::unescaped(value->text));
  }
}

/// What a step says that is no option.
void
apply(const code::Step& step, Item& item)
{
  const auto type =
      std::find_if(type_steps.begin(), type_steps.end(), [&](const auto& each) { return each[0] == step.name; });
  if (step.name == "optional" || step.name == "nullish" || step.name == "default" || step.name == "catch"
      || step.name == "prefault") {
    item.need = Need::optional;
    const code::Token* value =
        step.name == "default" || step.name == "prefault" ? code::literal(step.arguments) : nullptr;
    if (value != nullptr) {
      item.fallback = code::unescaped(value->text);
    }
  } else if (step.name == "enum" || step.name == "literal") {
    const std::string values = listed_values(step.arguments);
    item.type = values.empty() ? TypeUse{} : TypeUse{"enum", {{"values", values}}};
  } else if (step.name == "int" && (item.type.id.empty() || item.type.id == "number")) {
    item.type.id = "integer";
  } else if (step.name == "positive" || step.name == "nonnegative") {
    item.type.options.emplace("min", "0");
  } else if (type != type_steps.end()) {
    item.type = known_type((*type)[1]);
  } else {
    set_option(step, item);
  }
}

/// Functions in whose hands a text becomes something else before it is judged.
bool
is_opaque(const code::Step& step)
{
  return step.name == "preprocess" || step.name == "pipe" || step.name == "union" || step.name == "any"
         || step.name == "unknown" || step.name == "custom";
}

Item
item_of(const code::Member& member)
{
  Item item{.name = member.name, .line = member.line};
  const auto steps = steps_of(member.value);
  const bool is_zod =
      !steps.empty() && std::find(libraries.begin(), libraries.end(), steps.front().name) != libraries.end();
  if (!is_zod) {
    const bool is_choice =
        std::any_of(member.value.begin(), member.value.end(), [](const code::Token& t) { return t.is("?"); });
    item.need = is_choice ? Need::computed : Need::unsaid;
    return item;
  }
  item.need = Need::required;
  for (const code::Step& step : steps) {
    apply(step, item);
  }
  if (std::any_of(steps.begin(), steps.end(), is_opaque)) {
    item.type = {};
  }
  return item;
}

void
add_all(const std::vector<code::Member>& members, Exposure exposure, SchemaBuilder& builder)
{
  for (const code::Member& member : members) {
    Item item = item_of(member);
    item.exposure = exposure;
    builder.add(std::move(item));
  }
}

/// `createEnv({server: {…}, client: {…}, shared: {…}})`.
void
add_t3(code::TokenSpan argument, SchemaBuilder& builder)
{
  for (const code::Member& part : members_of(argument, ":")) {
    const bool is_client = part.name == "client";
    if ((is_client || part.name == "server" || part.name == "shared") && part.value.front().is("{")) {
      add_all(members_of(inside_bracket(part.value, 0), ":"), is_client ? Exposure::open : Exposure::unsaid, builder);
    }
  }
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
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (tokens[i].is("createEnv") && tokens[i + 1].is("(") && tokens[i + 2].is("{")) {
      add_t3(inside_bracket(tokens, i + 2), builder);
      i = behind_bracket(tokens, i + 1) - 1;
    }
  }
  for (const auto& members : environment_objects(tokens, source.path(), libraries)) {
    add_all(members, Exposure::unsaid, builder);
  }
  return builder.take();
}

}  // namespace

extern const Format format_zod{.id = "zod", .title = "zod, t3-env", .has = has, .words = words, .read = read};

}  // namespace sluice::env
