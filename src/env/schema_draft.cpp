// SPDX-License-Identifier: Apache-2.0
#include "env/schema_draft.hpp"

#include "base/text.hpp"
#include "credentials/strength.hpp"
#include "env/host.hpp"
#include "env/names.hpp"
#include "env/spelling.hpp"
#include "env/store_tables.hpp"
#include "env/type.hpp"
#include "env/type_options.hpp"
#include "env/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

using Values = std::map<std::string, std::vector<std::string_view>, std::less<>>;

/// What files of all environments hold, references to secrets and empty values left out.
Values
values_in(const Survey& survey)
{
  Values values;
  for (const DotenvFile& file : survey.files) {
    for (const Entry& entry : file.reading().entries) {
      std::vector<std::string_view>& all = values[entry.key];
      if (entry.value && !entry.value->empty() && !is_reference(*entry.value)) {
        all.push_back(*entry.value);
      }
    }
  }
  return values;
}

bool
are_all(const std::vector<std::string_view>& values, std::string_view id)
{
  const Type* type = find_type(id);
  return type != nullptr && !values.empty()
         && std::none_of(values.begin(), values.end(),
                         [type](std::string_view value) { return type->defect(value, {}); });
}

bool
ends_in(const std::vector<std::string>& words, std::string_view word)
{
  return !words.empty() && words.back() == word;
}

/// A type of @env-spec; empty: any text.
std::string
type_from(std::string_view name, const std::vector<std::string_view>& values)
{
  const auto words = words_of_name(name);
  if (ends_in(words, "port") && (values.empty() || are_all(values, "port"))) {
    return "port";
  }
  if (name == "NODE_ENV") {
    return "enum(development, test, production)";
  }
  // "1" and "0" are numbers as well.
  if (are_all(values, "boolean") && !are_all(values, "number")) {
    return "boolean";
  }
  constexpr std::array<std::array<std::string_view, 2>, 5> forms{
      {{"integer", "number(isInt=true)"}, {"number", "number"}, {"url", "url"}, {"email", "email"}, {"uuid", "uuid"}}};
  for (const auto& [id, written] : forms) {
    if (are_all(values, id)) {
      return std::string(written);
    }
  }
  return values.empty() && ends_in(words, "url") ? "url" : "";
}

/// What a schema in code or an older one says, in the words of @env-spec.
std::string
type_from(const TypeUse& type)
{
  constexpr std::array<std::string_view, 11> same{"string", "number", "boolean", "url", "email",   "port",
                                                  "ip",     "semver", "uuid",    "md5", "duration"};
  if (type.id == "enum") {
    std::string values;
    for (const std::string_view value : values_of_option(type.options, "values")) {
      const bool is_plain = std::all_of(value.begin(), value.end(),
                                        [](char c) { return is_letter(c) || is_digit(c) || is_any_of(c, "_-."); });
      if (value.empty() || !is_plain) {
        return {};
      }
      values += fmt::format("{}{}", values.empty() ? "" : ", ", value);
    }
    return fmt::format("enum({})", values);
  }
  if (type.id == "integer") {
    return "number(isInt=true)";
  }
  const bool is_same = std::find(same.begin(), same.end(), type.id) != same.end();
  return is_same ? type.id
                 : (type.id == "list" ? "array"
                                      : (type.id == "date" ? "isoDate" : (type.id == "database-url" ? "url" : "")));
}

/// Whether a value is made as secrets are, and is not long for another reason.
bool
looks_secret(std::string_view value)
{
  if (const auto url = url_of(value); url && is_well_formed(*url)) {
    return url->has_user;
  }
  const bool is_host_name = is_host(value) && value.find('.') != std::string_view::npos && !are_all({value}, "jwt");
  return !is_host_name && value.find(' ') == std::string_view::npos && !value.starts_with('/')
         && !are_all({value}, "email") && !credentials::is_weak(value);
}

bool
is_sensitive(std::string_view name, const Item* item, const std::vector<std::string_view>& values)
{
  if (item != nullptr && item->exposure != Exposure::unsaid) {
    return item->exposure == Exposure::sensitive;
  }
  return !is_public_name(name) && (is_secret_name(name) || std::any_of(values.begin(), values.end(), looks_secret));
}

/// By the schemas that there are, else by how code reads it.
std::string
need_of(const VariableUsage& usage, const Item* item)
{
  if (item != nullptr && item->need == Need::named) {
    return fmt::format("required=forEnv({})", fmt::join(item->needed_in, ", "));
  }
  if (item != nullptr && item->need != Need::unsaid && item->need != Need::computed) {
    return item->need == Need::required ? "required" : "optional";
  }
  const auto can_do_without = [](const ReadPlace& read) {
    return read.sighting->unset == Unset::defaulted || read.sighting->unset == Unset::tested;
  };
  const auto fails = [](const ReadPlace& read) { return read.sighting->unset == Unset::fails; };
  // One place that goes on without it says more than others that say nothing.
  const bool is_optional =
      std::none_of(usage.reads.begin(), usage.reads.end(), fails)
      && (usage.reads.empty() || std::any_of(usage.reads.begin(), usage.reads.end(), can_do_without));
  return is_optional ? "optional" : "required";
}

bool
is_wanted(const VariableUsage& usage, const Values& values)
{
  const bool is_read = std::any_of(usage.reads.begin(), usage.reads.end(),
                                   [](const ReadPlace& read) { return !read.sighting->is_answered; });
  const bool is_of_project =
      is_read || values.contains(usage.name)
      || std::any_of(usage.declared.begin(), usage.declared.end(),
                     [](const DeclaredPlace& place) { return place.by == DeclaredPlace::By::schema; });
  return is_of_project && usage.verdict != UsageVerdict::ambient && is_store_name(usage.name);
}

}  // namespace

std::string
schema_draft(const Survey& survey)
{
  const Neighbours neighbours(survey);
  const Values values = values_in(survey);
  std::string text = "# What this project needs of its environment (https://varlock.dev/env-spec/).\n"
                     "# Read it through: what is required and what is a secret was told from names and from code.\n"
                     "#\n"
                     "# @defaultSensitive=false @defaultRequired=false\n";
  text += survey.usage.contains("APP_ENV") && is_wanted(survey.usage.at("APP_ENV"), values) ? "# @currentEnv=$APP_ENV\n"
                                                                                            : "";
  text += "# ---\n";
  for (const auto& [name, usage] : survey.usage) {
    // A name that is misspelled must not become one that is declared.
    const bool is_misspelled = usage.verdict == UsageVerdict::undeclared && neighbours.declared(name).has_value();
    if (!is_wanted(usage, values) || is_misspelled) {
      continue;
    }
    const auto held = values.find(name);
    const auto wanted = survey.wanted.find(name);
    const Item* item = wanted == survey.wanted.end() ? nullptr : &wanted->second.item;
    std::vector<std::string_view> all = held == values.end() ? std::vector<std::string_view>() : held->second;
    const std::string said = item == nullptr ? std::string() : type_from(item->type);
    const bool is_secret = is_sensitive(name, item, all);
    for (const ReadPlace& read : usage.reads) {
      if (read.sighting->literal && !read.sighting->literal->empty()) {
        all.emplace_back(*read.sighting->literal);
      }
    }
    const std::string type = said.empty() ? type_from(name, all) : said;
    text += fmt::format("\n# @{}{}{}\n{}=\n", need_of(usage, item), type.empty() ? "" : " @type=" + type,
                        is_secret ? " @sensitive" : "", name);
  }
  return text;
}

}  // namespace sluice::env
