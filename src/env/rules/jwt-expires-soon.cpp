// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/jwt.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::int64_t notice_days = 30;
constexpr std::int64_t seconds_of_day = 86'400;

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
  if (days < 0 || days > notice_days || (jwt->issued && *jwt->expires - *jwt->issued <= notice_days * seconds_of_day)) {
    return;
  }
  reporter.report(
      value.file, value.entry,
      {.message = fmt::format("{} is a token that expires in {}", title_of(value),
                              counted(static_cast<std::uint64_t>(days), "day", "days")),
       .help = fmt::format("Make a new one for {} and set it wherever the old one is", printable(value.key))});
}

constexpr std::array<std::string_view, 1> references{"https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4"};
constexpr std::array<std::string_view, 1> tags{"jwt"};

}  // namespace

extern const Rule rule_jwt_expires_soon{
    .meta = {.id = "jwt-expires-soon",
             .title = "A token ends within a month",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Reads the `exp` claim of values that are JSON Web Tokens, and tells those that end in the
next 30 days. A token that lives for less than that on the whole is made anew by itself and is passed over.)",
                     .why = R"(On that day everything that needs it fails.)",
                     .instead = R"(Make a new one in time.)",
                     .references = references},
             .severity = Severity::medium,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
