// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// Of a host the stage that one of its labels, or a part of one, names.
bool
is_of_staging(std::string_view host)
{
  const std::vector<std::string_view> labels = split(host, '.');
  // The last two are the domain, and a domain may be called anything.
  for (std::size_t i = 0; i + 2 < labels.size(); ++i) {
    const Stage stage = stage_of(labels[i]);
    if (stage == Stage::staging || stage == Stage::local || stage == Stage::preview) {
      return true;
    }
  }
  return false;
}

std::string_view
fault_of(const ValueContext& value)
{
  std::string_view fault;
  for (const std::string_view host : hosts_of(value.value, Bare::no)) {
    const HostKind kind = host_kind(host);
    if (kind == HostKind::loopback || kind == HostKind::local_name || kind == HostKind::docker_host) {
      return "the machine of a developer";
    }
    if (value.stage == Stage::production && is_of_staging(host)) {
      fault = "a host of another environment";
    }
  }
  return fault;
}

void
check_value(const ValueContext& value, Reporter& reporter)
{
  const bool is_of_site =
      is_of_origins(value.key) || value.key == "NEXTAUTH_URL" || value.key == "AUTH_URL" || value.key == "APP_URL";
  const std::string_view fault = is_deployed(value.stage) && is_of_site ? fault_of(value) : std::string_view();
  if (fault.empty() || is_placeholder(value)) {
    return;
  }
  reporter.report(
      value.file, value.entry,
      {.message = fmt::format("{} names {}, and browsers are sent there or let in from there", title_of(value), fault),
       .help = fmt::format("Name in {} the hosts of this environment alone", printable(value.key))});
}

constexpr std::array<std::string_view, 2> references{"https://datatracker.ietf.org/doc/html/rfc9700#section-2.1",
                                                     "https://supabase.com/docs/guides/auth/redirect-urls"};
constexpr std::array<std::string_view, 1> tags{"configuration"};

}  // namespace

extern const Rule rule_redirect_host{
    .meta = {.id = "redirect-host",
             .title = "A deployed environment sends browsers to a developer or to staging",
             .since = "0.1.0",
             .doc = {.what = R"(Finds URLs of sites, redirects, callbacks and allowed origins in files of production and
staging that name the machine of a developer, and in production those that name a host of staging.)",
                     .why = R"(Whoever signs in lands on a page that is not there; and a token is handed to a program on
their own machine, whoever put it there.)",
                     .instead = R"(Name the hosts of this environment alone.)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
