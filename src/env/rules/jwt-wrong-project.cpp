// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/jwt.hpp"
#include "env/project_ref.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

bool
is_here(const DotenvFile& file, std::string_view ref, bool& has_url)
{
  const auto& entries = file.reading().entries;
  return std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
    const std::string found = entry.value ? project_in_url(*entry.value) : std::string();
    has_url = has_url || !found.empty();
    return found == ref;
  });
}

void
check_value(const ValueContext& value, Reporter& reporter)
{
  const auto jwt = read_jwt(value.value);
  if (!jwt || jwt->ref.empty()) {
    return;
  }
  bool has_url = false;
  if (is_here(value.file, jwt->ref, has_url) || !has_url) {
    return;
  }
  reporter.report(
      value.file, value.entry,
      {.message = fmt::format("{} is a key of another project than the URL in this file leads to", title_of(value)),
       .help = "Take the URL and the keys from the same project"});
}

constexpr std::array<std::string_view, 1> references{"https://supabase.com/docs/guides/api/api-keys"};
constexpr std::array<std::string_view, 1> tags{"jwt"};

}  // namespace

extern const Rule rule_jwt_wrong_project{
    .meta = {.id = "jwt-wrong-project",
             .title = "A key is of another project than the URL beside it",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Compares the `ref` claim of Supabase's legacy keys with the project in the URL of the same
file (`https://REF.supabase.co`).)",
                     .why = R"(Every request is refused, or, where the URL is the wrong one of the two, goes to the data
of another environment.)",
                     .instead = R"(Take URL and keys from the same project.)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
