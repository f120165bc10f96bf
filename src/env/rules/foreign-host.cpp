// SPDX-License-Identifier: Apache-2.0
#include "base/glob.hpp"
#include "base/text.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

const EnvironmentSetting*
setting_of(const Survey& survey, const DotenvFile& file)
{
  const auto found = survey.options->environments.find(file.environment);
  return found == survey.options->environments.end() || found->second.hosts.empty() ? nullptr : &found->second;
}

void
check_value(const ValueContext& value, Reporter& reporter)
{
  const EnvironmentSetting* setting = setting_of(value.survey, value.file);
  if (setting == nullptr || is_placeholder(value)) {
    return;
  }
  for (const std::string_view host : hosts_of(value.value, Bare::no)) {
    const std::string lower = to_lower(host);
    const bool is_own = std::any_of(setting->hosts.begin(), setting->hosts.end(),
                                    [&](const std::string& pattern) { return matches_text(to_lower(pattern), lower); });
    if (is_own || host_kind(host) == HostKind::internal || host_kind(host) == HostKind::any) {
      continue;
    }
    reporter.report(
        value.file, value.entry,
        {.message = fmt::format("{} leads to a host that is none of those of the environment", title_of(value)),
         .help = fmt::format("Name one of its hosts in {}, or add it to `hosts` in the configuration",
                             printable(value.key))});
    return;
  }
}

constexpr std::array<std::string_view, 1> references{
    "https://supabase.com/docs/guides/deployment/managing-environments"};
constexpr std::array<std::string_view, 1> tags{"isolation"};

}  // namespace

extern const Rule rule_foreign_host{
    .meta = {.id = "foreign-host",
             .title = "An environment names a host that is not its own",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Compares hosts in values with the `hosts` of the environment in the configuration. Without
them nothing is compared. Names of one label and of inner networks are passed over.)",
                     .why = R"(The program of one environment works on what another one has.)",
                     .instead = R"(Name a host of the environment, or add it to its `hosts`.)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
