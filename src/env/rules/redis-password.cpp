// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

bool
has_password_beside(const DotenvFile& file)
{
  const auto& entries = file.reading().entries;
  return std::any_of(entries.begin(), entries.end(), [](const Entry& entry) {
    return has_word(entry.key, {"redis", "upstash", "valkey"}) && has_word(entry.key, {"password", "pass", "token"})
           && entry.value && !entry.value->empty();
  });
}

void
check_value(const ValueContext& value, Reporter& reporter)
{
  const auto url = is_deployed(value.stage) ? url_of(value.value) : std::nullopt;
  const bool is_open =
      url && database_kind(url->scheme) == DatabaseKind::redis && url->password.empty() && !url->hosts.empty();
  if (!is_open || is_placeholder(value) || has_password_beside(value.file)) {
    return;
  }
  const HostKind kind = host_kind(url->hosts.front());
  if (kind == HostKind::loopback) {
    return;
  }
  reporter.report(value.file, value.entry,
                  {.message = fmt::format("{} leads to a Redis server without a password", title_of(value)),
                   .help = fmt::format("Set a password on the server, and name it in {}", printable(value.key)),
                   .severity = is_inner(kind) ? Severity::low : Severity::high});
}

constexpr std::array<std::string_view, 1> references{
    "https://redis.io/docs/latest/operate/oss_and_stack/management/security/"};
constexpr std::array<std::string_view, 1> tags{"database"};

}  // namespace

extern const Rule rule_redis_password{
    .meta = {.id = "redis-password",
             .title = "A Redis server is used without a password",
             .since = "0.1.0",
             .doc = {.what = R"(Finds `redis://` and `rediss://` URLs in files of staging and production that have no
password, unless another variable of the file has it.)",
                     .why = R"(Who reaches the port reads and writes everything, sessions and jobs too, and on old
servers runs programs.)",
                     .instead = R"(Set a password or an ACL user on the server, and name it in the URL.)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
