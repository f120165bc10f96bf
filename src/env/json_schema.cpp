// SPDX-License-Identifier: Apache-2.0
#include "env/json_schema.hpp"

#include "base/json_text.hpp"
#include "base/text.hpp"
#include "env/names.hpp"
#include "env/type_options.hpp"
#include "env/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// Keywords of a type that stand for themselves.
struct Keyword
{
  std::string_view type;
  std::string_view name;
  std::string_view value;
};
constexpr std::array<Keyword, 12> keywords{{{"number", "type", "number"},
                                            {"integer", "type", "integer"},
                                            {"port", "type", "integer"},
                                            {"boolean", "type", "boolean"},
                                            {"url", "format", "uri"},
                                            {"database-url", "format", "uri"},
                                            {"email", "format", "email"},
                                            {"uuid", "format", "uuid"},
                                            {"hostname", "format", "hostname"},
                                            {"regex", "format", "regex"},
                                            {"json", "contentMediaType", "application/json"},
                                            {"base64", "contentEncoding", "base64"}}};

struct Bound
{
  std::string_view option;
  std::string_view keyword;
};
constexpr std::array<Bound, 5> bounds{{{"min", "minimum"},
                                       {"max", "maximum"},
                                       {"minLength", "minLength"},
                                       {"maxLength", "maxLength"},
                                       {"isDivisibleBy", "multipleOf"}}};

Json
number_of(double amount)
{
  constexpr double exact = 1e15;
  const bool is_whole =
      amount > -exact && amount < exact && amount == static_cast<double>(static_cast<std::int64_t>(amount));
  return is_whole ? Json(static_cast<std::int64_t>(amount)) : Json(amount);
}

void
add_bounds(const TypeUse& type, Json& schema)
{
  if (type.id != "duration" && type.id != "list" && type.id != "base64") {
    for (const Bound& bound : bounds) {
      if (const auto amount = number_option(type.options, bound.option)) {
        schema.at(bound.keyword) = number_of(*amount);
      }
    }
  }
  if (const auto length = number_option(type.options, "isLength"); length && type.id == "string") {
    schema.at("minLength") = number_of(*length);
    schema.at("maxLength") = number_of(*length);
  }
  const std::string_view pattern = option(type.options, "matches");
  if (!pattern.empty() && !pattern.starts_with('/')) {
    schema.at("pattern") = pattern;
  }
}

Json
schema_of(const TypeUse& type)
{
  Json schema = Json::object();
  schema.at("type") = "string";
  for (const Keyword& keyword : keywords) {
    if (keyword.type == type.id) {
      schema.at(keyword.name) = keyword.value;
    }
  }
  if (type.id == "enum") {
    schema.at("enum") = Json::array_of(values_of_option(type.options, "values"));
  } else if (type.id == "ip") {
    schema.at("format") = option(type.options, "version") == "6" ? "ipv6" : "ipv4";
    if (option(type.options, "version").empty()) {
      schema = {{"type", "string"}, {"anyOf", Json::array({{{"format", "ipv4"}}, {{"format", "ipv6"}}})}};
    }
  } else if (type.id == "port") {
    constexpr int last_port = 65535;
    schema.at("minimum") = 1;
    schema.at("maximum") = last_port;
  }
  add_bounds(type, schema);
  return schema;
}

/// Whether its default may be shown: nothing says or hints that it is a secret.
bool
is_open(const Item& item)
{
  if (item.exposure == Exposure::open) {
    return true;
  }
  const auto url = url_of(*item.fallback);
  const bool has_user = url && url->has_user;
  const bool is_secret_type = item.type.id == "jwt" || item.type.id == "pem" || item.type.id == "database-url";
  return item.exposure == Exposure::unsaid && !is_secret_name(item.name) && !has_user && !is_secret_type;
}

/// As JSON has a value of this type.
Json
default_of(const Item& item)
{
  const std::string& text = *item.fallback;
  if (item.type.id == "boolean") {
    const std::string lower = to_lower(text);
    return Json(lower == "true" || lower == "t" || lower == "yes" || lower == "y" || lower == "on" || lower == "1");
  }
  const bool is_number = item.type.id == "number" || item.type.id == "integer" || item.type.id == "port";
  const auto amount = is_number ? decimal(text) : std::nullopt;
  return amount ? number_of(*amount) : Json(text);
}

Json
member_of(const Wanted& wanted)
{
  const Item& item = wanted.item;
  Json member = schema_of(item.type);
  if (item.fallback && !item.fallback->empty() && !wanted.schema->is_example && is_open(item)) {
    member.at("default") = default_of(item);
  }
  if (item.need == Need::named) {
    member.at("description") = fmt::format("Required in {}", fmt::join(item.needed_in, ", "));
  }
  if (item.is_deprecated) {
    member.at("deprecated") = true;
  }
  return member;
}

}  // namespace

std::string
json_schema(const std::map<std::string, Wanted, std::less<>>& wanted)
{
  // Put together as text: to set a member of a Json looks through all that it has.
  std::string properties;
  std::string required;
  const auto add = [](std::string_view line, std::string& all) {
    all.append(all.empty() ? "\n" : ",\n").append("    ").append(trim(line));
  };
  for (const auto& [name, each] : wanted) {
    const std::string key = json_line(name);
    add(std::string(trim(key)) + ": " + json_line(member_of(each)), properties);
    const bool has_default = each.item.fallback && !each.item.fallback->empty() && !each.schema->is_example;
    if (each.item.need == Need::required && !has_default && !each.item.is_elsewhere) {
      add(key, required);
    }
  }
  return fmt::format("{{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n  \"type\": \"object\",\n"
                     "  \"properties\": {{{}\n  }},\n  \"required\": [{}\n  ]\n}}\n",
                     properties, required);
}

}  // namespace sluice::env
