// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

bool
is_on(std::string_view value)
{
  const std::string lower = to_lower(value);
  return lower == "true" || lower == "1" || lower == "on" || lower == "yes";
}

bool
is_debug_switch(std::string_view name)
{
  constexpr std::array<std::string_view, 9> names{"DEBUG",          "APP_DEBUG",     "FLASK_DEBUG",
                                                  "DJANGO_DEBUG",   "SYMFONY_DEBUG", "DEBUG_MODE",
                                                  "WERKZEUG_DEBUG", "WP_DEBUG",      "ASPNETCORE_DEBUG"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool
names_environment(std::string_view name)
{
  constexpr std::array<std::string_view, 13> names{"NODE_ENV",
                                                   "RAILS_ENV",
                                                   "RACK_ENV",
                                                   "APP_ENV",
                                                   "FLASK_ENV",
                                                   "MIX_ENV",
                                                   "GO_ENV",
                                                   "APP_STAGE",
                                                   "ENVIRONMENT",
                                                   "ASPNETCORE_ENVIRONMENT",
                                                   "DOTNET_ENVIRONMENT",
                                                   "SPRING_PROFILES_ACTIVE",
                                                   "DJANGO_ENV"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

void
check_value(const ValueContext& value, Reporter& reporter)
{
  if (!is_deployed(value.stage)) {
    return;
  }
  const std::string lower = to_lower(value.value);
  const bool is_of_developer = names_environment(value.key)
                               && (lower == "development" || lower == "dev" || lower == "local" || lower == "debug");
  const bool is_debug = is_debug_switch(value.key) && is_on(value.value);
  if (!is_of_developer && !is_debug) {
    return;
  }
  reporter.report(
      value.file, value.entry,
      {.message = fmt::format("{} {}, so that errors show strangers what is inside", title_of(value),
                              is_debug ? "switches debugging on" : "says that a developer runs the program"),
       .help = is_debug ? fmt::format("Switch {} off", printable(value.key))
                        : fmt::format("Set {} to what the environment is", printable(value.key)),
       .severity = value.stage == Stage::production ? Severity::high : Severity::medium});
}

constexpr std::array<std::string_view, 3> references{
    "https://docs.djangoproject.com/en/stable/howto/deployment/checklist/#debug",
    "https://laravel.com/docs/configuration#debug-mode", "https://cwe.mitre.org/data/definitions/489.html"};
constexpr std::array<std::string_view, 1> tags{"configuration"};

}  // namespace

extern const Rule rule_debug_in_production{
    .meta = {.id = "debug-in-production",
             .title = "Production runs as if it were under development",
             .since = "0.1.0",
             .doc = {.what = R"(Finds switches for debugging that are on in files of staging and production: `DEBUG`,
`APP_DEBUG`, `FLASK_DEBUG`, `NODE_ENV=development`, `RAILS_ENV`, `APP_ENV`, `FLASK_ENV`, `DJANGO_DEBUG` and the like.)",
                     .why = R"(Pages of errors show code, settings and secrets to whoever provokes one, and the program
is slow.)",
                     .instead = R"(Switch it off, and say `production`.)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
