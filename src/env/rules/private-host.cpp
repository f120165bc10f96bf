// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// What a server binds to, what stands beside the program in its pod, and what must not go through a proxy.
bool
is_of_this_machine(std::string_view name)
{
  return has_word(name, {"bind",    "listen",  "listener",  "otel",   "dd",          "datadog",  "statsd",
                         "agent",   "sidecar", "proxy",     "dapr",   "jaeger",      "metrics",  "allowed",
                         "trusted", "aliases", "interface", "health", "healthcheck", "liveness", "readiness"})
         || name == "HOST" || name == "HOSTNAME" || name == "ADDRESS" || name == "IP";
}

HostKind
worst_of(const ValueContext& value)
{
  const Bare bare = has_word(value.key, {"host", "hostname", "server", "servers", "addr", "address", "endpoint"})
                        ? Bare::yes
                        : Bare::no;
  HostKind worst = HostKind::elsewhere;
  for (const std::string_view host : hosts_of(value.value, bare)) {
    const HostKind kind = host_kind(host);
    const bool is_named = kind != HostKind::any && kind != HostKind::internal && kind != HostKind::elsewhere;
    worst = is_named && (worst == HostKind::elsewhere || kind < worst) ? kind : worst;
  }
  return worst;
}

void
check_value(const ValueContext& value, Reporter& reporter)
{
  if (!is_deployed(value.stage) || is_of_this_machine(value.key) || is_of_origins(value.key) || is_placeholder(value)) {
    return;
  }
  const HostKind kind = worst_of(value);
  if (kind == HostKind::elsewhere) {
    return;
  }
  // In a network of one's own a private address is often right.
  const bool is_range = kind == HostKind::private_range && !is_client_name(value.survey, value.key);
  reporter.report(value.file, value.entry,
                  {.message = fmt::format("{} leads to {}", title_of(value), text_of(kind)),
                   .help = fmt::format("Give {} the host that the environment has", printable(value.key)),
                   .severity = is_range ? Severity::low : Severity::high,
                   .facts = {{"host", {}, std::string(text_of(kind))}}});
}

constexpr std::array<std::string_view, 2> references{"https://www.rfc-editor.org/rfc/rfc1918",
                                                     "https://www.rfc-editor.org/rfc/rfc6762"};
constexpr std::array<std::string_view, 1> tags{"reachability"};

}  // namespace

extern const Rule rule_private_host{
    .meta =
        {.id = "private-host",
         .title = "A deployed environment leads to a machine that is not there",
         .since = "0.1.0",
         .doc = {.what = R"(Finds URLs, `host:port` and values of `…_HOST` in files of staging and production whose host
is `localhost`, `host.docker.internal`, an address of a private or link-local range or a `.local` name. Names of one
label, `.internal` and a cluster's `.local` are right there, and so are what a server binds to and what agents beside
the program listen on.)",
                 .why = R"(The program looks for its database on its own machine and finds none, or finds one that is
not the right one.)",
                 .instead = R"(Name the host that the environment has.)",
                 .known_problems = R"(A proxy for a database that runs beside the program listens on `localhost`; allow
it there.)",
                 .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
