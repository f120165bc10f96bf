// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

void
check_value(const ValueContext& value, Reporter& reporter)
{
  const auto url = is_deployed(value.stage) ? url_of(value.value) : std::nullopt;
  if (!url || url->scheme != "redis" || url->hosts.empty() || is_placeholder(value)
      || is_inner(host_kind(url->hosts.front()))) {
    return;
  }
  reporter.report(value.file, value.entry,
                  {.message = fmt::format("{} reaches Redis without TLS", title_of(value)),
                   .help = fmt::format("Use `rediss://` in {} if the server has TLS", printable(value.key))});
}

constexpr std::array<std::string_view, 1> references{
    "https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/"};
constexpr std::array<std::string_view, 1> tags{"transport"};

}  // namespace

extern const Rule rule_redis_tls{
    .meta = {.id = "redis-tls",
             .title = "A Redis server is reached without TLS",
             .since = "0.1.0",
             .doc = {.what = R"(Finds `redis://` URLs in files of staging and production whose host is not of an inner
network.)",
                     .why = R"(The password and all that is stored can be read on the way.)",
                     .instead = R"(Use `rediss://`, if the server has TLS.)",
                     .references = references},
             .severity = Severity::low,
             .confidence = Confidence::medium,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
