// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/jwt.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

void
check_value(const ValueContext& value, Reporter& reporter)
{
  if (value.stage == Stage::local || value.stage == Stage::test) {
    return;
  }
  const auto jwt = read_jwt(value.value);
  const Date today = value.survey.today;
  if (!jwt || !jwt->expires || publisher_of(value)) {
    return;
  }
  const std::int64_t days = days_until(today, *jwt->expires);
  if (days >= 0) {
    return;
  }
  reporter.report(
      value.file, value.entry,
      {.message = fmt::format("{} is a token that has expired, so whoever gets it refuses it", title_of(value)),
       .help = fmt::format("Make a new one for {} and set it wherever the old one is", printable(value.key))});
}

constexpr std::array<std::string_view, 1> references{"https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4"};
constexpr std::array<std::string_view, 1> tags{"jwt"};

}  // namespace

extern const Rule rule_jwt_expired{
    .meta = {.id = "jwt-expired",
             .title = "A token is past its end",
             .since = "0.1.0",
             .doc = {.what = R"(Reads the `exp` claim of values that are JSON Web Tokens.)",
                     .why = R"(Whoever gets it refuses it: everything that needs it fails.)",
                     .instead = R"(Make a new one.)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
