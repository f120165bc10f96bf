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
  const bool is_of_origins = has_word(value.key, {"cors", "origin", "origins"});
  const bool is_of_hosts = has_word(value.key, {"allowed"}) && has_word(value.key, {"host", "hosts"});
  if (!is_deployed(value.stage) || (!is_of_origins && !is_of_hosts)) {
    return;
  }
  const std::vector<std::string_view> parts = split(value.value, ',');
  const bool is_any = std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
    const std::string_view text = trim(part);
    return text == "*" || text == "http://*" || text == "https://*" || text == "[\"*\"]";
  });
  if (!is_any) {
    return;
  }
  reporter.report(
      value.file, value.entry,
      {.message = fmt::format("{} is every {}", title_of(value), is_of_origins ? "site there is" : "host there is"),
       .help = fmt::format("List in {} those that may", printable(value.key)),
       .severity = is_of_origins ? Severity::medium : Severity::low});
}

constexpr std::array<std::string_view, 2> references{
    "https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS",
    "https://docs.djangoproject.com/en/stable/ref/settings/#allowed-hosts"};
constexpr std::array<std::string_view, 1> tags{"configuration"};

}  // namespace

extern const Rule rule_wildcard_cors{
    .meta = {.id = "wildcard-cors",
             .title = "Every site may call the program",
             .since = "0.1.0",
             .doc = {.what = R"(Finds variables for origins (`CORS_ORIGIN`, `ALLOWED_ORIGINS`) in files of staging and
production that are `*`, and hosts that the program answers for (`ALLOWED_HOSTS`) that are.)",
                     .why = R"(A page of anybody can ask the program in the name of whoever visits it, if cookies are
allowed too.)",
                     .instead = R"(List the sites that may.)",
                     .references = references},
             .severity = Severity::medium,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
