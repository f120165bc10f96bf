// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/jwt.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// The day that follows a word in a comment.
std::optional<Date>
date_in(std::string_view line)
{
  const std::string lower = to_lower(line);
  const std::size_t hash = lower.find('#');
  for (const std::string_view word : {"rotated", "last-rotated", "created"}) {
    const std::size_t at = hash == std::string::npos ? hash : lower.find(word, hash);
    const std::size_t digit = at == std::string::npos ? at : lower.find_first_of("0123456789", at);
    if (digit != std::string::npos) {
      return parse_date(std::string_view(lower).substr(digit, std::string_view("2026-01-31").size()));
    }
  }
  return std::nullopt;
}

std::optional<Date>
date_above(const ValueContext& value)
{
  const std::uint32_t line = value.file.line_of(value.entry);
  const std::string_view above = line > 1 ? trim(value.file.source.line(line - 1)) : std::string_view();
  return above.starts_with('#') ? date_in(above) : std::nullopt;
}

std::optional<Date>
noted_date(const ValueContext& value)
{
  for (const std::string_view suffix : {"_ROTATED_AT", "_ROTATED", "_CREATED_AT"}) {
    if (const auto text = value_beside(value.file, std::string(value.key).append(suffix))) {
      return parse_date(text->substr(0, std::string_view("2026-01-31").size()));
    }
  }
  return date_above(value);
}

std::optional<std::int64_t>
age_of(const ValueContext& value)
{
  const Date today = value.survey.today;
  if (const auto noted = noted_date(value)) {
    return days_between(*noted, today);
  }
  const auto jwt = read_jwt(value.value);
  const bool is_open = jwt && jwt->role == "anon";
  return jwt && jwt->issued && !is_open ? std::optional(-days_until(today, *jwt->issued)) : std::nullopt;
}

void
check_value(const ValueContext& value, Reporter& reporter)
{
  const std::int64_t most = value.survey.options->rotation;
  const bool is_key = is_secret(value) || value.value.starts_with("ey");
  const bool is_kept = value.stage != Stage::local && value.stage != Stage::test;
  if (most == 0 || !is_key || !is_kept || is_no_real_value(value)) {
    return;
  }
  const auto age = age_of(value);
  if (!age || *age <= most) {
    return;
  }
  reporter.report(value.file, value.entry,
                  {.message = fmt::format("{} is {} old, and keys are to be made anew after {}", title_of(value),
                                          counted(static_cast<std::uint64_t>(*age), "day", "days"),
                                          counted(static_cast<std::uint64_t>(most), "day", "days")),
                   .help = "Make a new key, set it wherever the old one is, deploy, and note the day",
                   .facts = {{"age-days", {}, fmt::format("{}", *age)}}});
}

constexpr std::array<std::string_view, 1> references{
    "https://cheatsheetseries.owasp.org/cheatsheets/Key_Management_Cheat_Sheet.html"};
constexpr std::array<std::string_view, 1> tags{"rotation"};

}  // namespace

extern const Rule rule_key_age{
    .meta = {.id = "key-age",
             .title = "A key is older than keys may become",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Tells keys that are older than `rotation` days (92 by default, 0 for any age): by the `iat`
claim of a JSON Web Token, by a comment `# rotated: 2026-01-31` on the line of the key or above it, or by a variable
`NAME_ROTATED_AT` beside it. A key of which nothing says its age is passed over, and so is one that everybody may know.)",
                     .why = R"(The older a key, the more people, logs and copies have it.)",
                     .instead = R"(Make a new key, set it in the CI, on the platform and in functions, deploy, and note
the day.)",
                     .references = references},
             .severity = Severity::medium,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
