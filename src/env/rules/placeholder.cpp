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
  if (!is_placeholder(value)) {
    return;
  }
  reporter.report(
      value.file, value.entry,
      {.message = fmt::format("{} holds text that stands for a value and was never replaced", title_of(value)),
       .help = fmt::format("Set the real value of {}, or take it out of the file", printable(value.key)),
       .severity = is_deployed(value.stage) ? Severity::high : Severity::low});
}

constexpr std::array<std::string_view, 1> references{"https://cwe.mitre.org/data/definitions/1392.html"};
constexpr std::array<std::string_view, 1> tags{"completeness"};

}  // namespace

extern const Rule rule_placeholder{
    .meta = {.id = "placeholder",
             .title = "A value was never filled in",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Finds values that stand for one: `changeme`, `your-anon-key`, `<password>`, `sk_live_...`,
`xxxxx`, `yourdomain.com`, a secret that is the name of a secret (`staging-anon-key`). Examples and schemas are not
looked at.)",
                     .why = R"(The program starts with it and fails at the first use, or lets in whoever read the
example.)",
                     .instead = R"(Set the real value, or take the key out of the file.)",
                     .known_problems =
                         R"(`example.com` itself is told, hosts below it are not: too many tests and documents
have one that is right where it is.)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
