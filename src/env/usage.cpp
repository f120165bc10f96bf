// SPDX-License-Identifier: Apache-2.0
#include "env/usage.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "env/survey.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

VariableUsage&
usage_for(Usage& usage, std::string_view name)
{
  const auto found = usage.find(name);
  if (found != usage.end()) {
    return found->second;
  }
  VariableUsage& added = usage[std::string(name)];
  added.name = name;
  return added;
}

void
add_sightings(const Seen& seen, Usage& usage)
{
  for (const Sighting& sighting : seen.sightings) {
    VariableUsage& variable = usage_for(usage, sighting.name);
    switch (sighting.kind) {
    case SightingKind::read:
      variable.reads.push_back({seen.path, &sighting});
      break;
    case SightingKind::given:
      variable.declared.push_back({seen.path, sighting.line, DeclaredPlace::By::given, false});
      break;
    case SightingKind::stored:
      variable.stored.push_back({seen.path, &sighting});
      break;
    }
  }
}

void
add_dotenv_file(const DotenvFile& file, Usage& usage)
{
  const bool is_foreign = std::any_of(file.readers.begin(), file.readers.end(),
                                      [](const Reader& reader) { return reader.to == Load::To::foreign; });
  for (const Entry& entry : file.reading().entries) {
    usage_for(usage, entry.key)
        .declared.push_back({file.source.path(), file.line_of(entry), DeclaredPlace::By::dotenv, is_foreign});
  }
}

void
add_schema(const Schema& schema, Usage& usage)
{
  for (const Item& item : schema.items) {
    usage_for(usage, item.name)
        .declared.push_back({schema.path, item.line, DeclaredPlace::By::schema, !item.is_audited});
  }
}

/// What settings and stores name is declared, too.
void
add_settings(const Survey& survey, Usage& usage)
{
  for (const Target& target : survey.targets) {
    for (const auto& [name, stored] : target.stored) {
      usage_for(usage, name).declared.push_back({{}, stored.line, DeclaredPlace::By::given, true});
    }
  }
}

/// Whether a read of names that are not known before the program runs may be of this one.
bool
may_be_read(std::string_view name, const std::vector<const DynamicRead*>& dynamic)
{
  return std::any_of(dynamic.begin(), dynamic.end(),
                     [name](const DynamicRead* read) { return name.starts_with(read->prefix); });
}

/// What Supabase gives to each of its functions (supabase.com/docs/guides/functions/secrets, "Default secrets").
constexpr auto of_functions = std::to_array<std::string_view>(
    {"SUPABASE_URL", "SUPABASE_ANON_KEY", "SUPABASE_SERVICE_ROLE_KEY", "SUPABASE_DB_URL", "SUPABASE_PUBLISHABLE_KEYS",
     "SUPABASE_SECRET_KEYS", "SUPABASE_JWKS", "SB_REGION", "SB_EXECUTION_ID", "DENO_DEPLOYMENT_ID"});

bool
is_given_to_functions(const VariableUsage& variable)
{
  return std::find(of_functions.begin(), of_functions.end(), variable.name) != of_functions.end()
         && std::all_of(variable.reads.begin(), variable.reads.end(), [](const ReadPlace& read) {
              const std::size_t at = read.path.find("supabase/functions/");
              return at == 0 || (at != std::string::npos && read.path[at - 1] == '/');
            });
}

bool
is_given_from_outside(std::string_view name, const EnvOptions& options)
{
  return is_ambient(name)
         || std::any_of(options.ambient.begin(), options.ambient.end(),
                        [name](const std::string& glob) { return matches_text(glob, name); });
}

UsageVerdict
verdict_of(const VariableUsage& variable, const EnvOptions& options, const std::vector<const DynamicRead*>& dynamic,
           bool has_program)
{
  if (!variable.stored.empty()) {
    const bool is_written = std::any_of(variable.declared.begin(), variable.declared.end(),
                                        [](const DeclaredPlace& at) { return at.by != DeclaredPlace::By::given; });
    return is_written ? UsageVerdict::ok : UsageVerdict::ci_store;
  }
  if (!variable.reads.empty()) {
    if (!variable.declared.empty()) {
      return UsageVerdict::ok;
    }
    const bool is_given = is_given_from_outside(variable.name, options) || is_given_to_functions(variable);
    return is_given ? UsageVerdict::ambient : UsageVerdict::undeclared;
  }
  const bool is_for_this = std::all_of(variable.declared.begin(), variable.declared.end(), [](const DeclaredPlace& at) {
    return at.by != DeclaredPlace::By::given && !at.is_read_elsewhere;
  });
  if (!is_for_this || may_be_read(variable.name, dynamic) || is_read_by_library(variable.name)) {
    return UsageVerdict::ok;
  }
  if (is_given_from_outside(variable.name, options)) {
    return UsageVerdict::ambient;
  }
  return has_program ? UsageVerdict::unused : UsageVerdict::ok;
}

}  // namespace

Usage
usage_of(const Survey& survey)
{
  Usage usage;
  std::vector<const DynamicRead*> dynamic;
  for (const Seen& seen : survey.seen) {
    add_sightings(seen, usage);
    for (const DynamicRead& read : seen.dynamic) {
      dynamic.push_back(&read);
    }
  }
  for (const DotenvFile& file : survey.files) {
    add_dotenv_file(file, usage);
  }
  for (const Schema& schema : survey.schemas) {
    add_schema(schema, usage);
  }
  add_settings(survey, usage);
  // Where nothing is read at all the program is elsewhere.
  const bool has_program = !dynamic.empty() || std::any_of(usage.begin(), usage.end(), [](const auto& each) {
    return !each.second.reads.empty();
  });
  for (auto& [name, variable] : usage) {
    variable.verdict = verdict_of(variable, *survey.options, dynamic, has_program);
  }
  return usage;
}

std::string
why_none_is_unused(const Survey& survey)
{
  const auto is_hidden = [](const auto& each) {
    const VariableUsage& variable = each.second;
    return variable.verdict == UsageVerdict::ok && variable.reads.empty()
           && std::any_of(variable.declared.begin(), variable.declared.end(), [](const DeclaredPlace& at) {
                return at.by != DeclaredPlace::By::given && !at.is_read_elsewhere;
              });
  };
  if (std::none_of(survey.usage.begin(), survey.usage.end(), is_hidden)) {
    return {};
  }
  for (const Seen& seen : survey.seen) {
    for (const DynamicRead& read : seen.dynamic) {
      if (read.prefix.empty()) {
        return fmt::format(
            "no variable is told to be unused, for {}{}:{} reads names that are not known before it runs",
            printable(survey.prefix), printable(seen.path), read.line);
      }
    }
  }
  return {};
}

}  // namespace sluice::env
