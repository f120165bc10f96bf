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
  const auto who = is_deployed(value.stage) ? publisher_of(value) : std::nullopt;
  if (!who) {
    return;
  }
  const bool is_in_url = url_of(value.value).has_value();
  reporter.report(value.file, value.entry,
                  {.message = fmt::format("{} {} one that {}, so that anybody can use it", title_of(value),
                                          is_in_url ? "has a password that is" : "is", *who),
                   .help = fmt::format("Make another one for {} of random bytes", printable(value.key))});
}

constexpr std::array<std::string_view, 3> references{
    "https://cwe.mitre.org/data/definitions/1392.html",
    "https://docs.djangoproject.com/en/stable/howto/deployment/checklist/#secret-key",
    "https://supabase.com/docs/guides/self-hosting/docker"};
constexpr std::array<std::string_view, 1> tags{"secret"};

}  // namespace

extern const Rule rule_published_default{
    .meta = {.id = "published-default",
             .title = "A secret is one that its maker published",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Finds secrets and passwords in URLs of deployed environments that everybody knows: the keys
and the JWT secret of Supabase's local stack (by their issuer and by digest), Django's `django-insecure-` keys,
`minioadmin`, `postgres` as a password, secrets of templates and documentation.)",
                     .why = R"(Whoever read the same documentation signs in, or signs tokens for any user.)",
                     .instead = R"(Make a secret of random bytes, for example with `openssl rand -base64 48`, and set it
where the environment gets it from.)",
                     .references = references},
             .severity = Severity::critical,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
