// SPDX-License-Identifier: Apache-2.0

#include "base/text.hpp"
#include "env/jwt.hpp"
#include "env/names.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace sluice::env {

namespace {

bool
is_secret_by_value(std::string_view value)
{
  constexpr std::array<std::string_view, 13> prefixes{"sb_secret_", "sk_live_",    "sk_test_", "rk_live_",    "sk-ant-",
                                                      "sk-proj-",   "whsec_",      "ghp_",     "github_pat_", "glpat-",
                                                      "xoxb-",      "-----BEGIN ", "SG."};
  constexpr std::size_t aws_key_length = 20;
  const bool is_of_aws = value.size() == aws_key_length && (value.starts_with("AKIA") || value.starts_with("ASIA"));
  const bool is_key = std::any_of(prefixes.begin(), prefixes.end(),
                                  [value](std::string_view prefix) { return value.starts_with(prefix); });
  if (value.starts_with("-----BEGIN ")) {
    return value.substr(0, 64).find("PRIVATE KEY") != std::string_view::npos;
  }
  const auto jwt = read_jwt(value);
  const auto url = url_of(value);
  const bool has_password = url && !url->password.empty() && database_kind(url->scheme) != DatabaseKind::none;
  return is_of_aws || is_key || (jwt && jwt->role == "service_role") || has_password;
}

Remark
remark_of(std::string_view name, std::string_view by)
{
  return {.message = fmt::format("{} is handed to every browser, and {} it is a secret", printable(name),
                                 by == "name" ? "by its name" : "by the form of its value"),
          .help = "Take the prefix off, use it on the server alone, and make a new secret",
          .subject = fmt::format("env:any/{}", name),
          .key = std::string(name),
          .facts = {{"by", {}, std::string(by)}}};
}

/// Whether it was told at a dotenv file already: where its value is, is the place to look at.
void
check_names(const Survey& survey, const std::set<std::string, std::less<>>& told, Reporter& reporter)
{
  for (const auto& [name, usage] : survey.usage) {
    if (told.contains(name) || !is_client_name(survey, name) || !is_never_public_name(name)) {
      continue;
    }
    if (!usage.reads.empty()) {
      reporter.report(usage.reads.front().path, usage.reads.front().sighting->line, remark_of(name, "name"));
    } else if (!usage.declared.empty()) {
      reporter.report(usage.declared.front().path, usage.declared.front().line, remark_of(name, "name"));
    } else if (!usage.stored.empty()) {
      reporter.report(usage.stored.front().path, usage.stored.front().sighting->line, remark_of(name, "name"));
    }
  }
}

/// What is given with its value in the open: `env:` of a workflow, `ENV` of an image.
void
check_given(const Survey& survey, std::set<std::string, std::less<>>& told, Reporter& reporter)
{
  for (const Seen& seen : survey.seen) {
    for (const Sighting& sighting : seen.sightings) {
      if (sighting.kind == SightingKind::given && sighting.literal && is_client_name(survey, sighting.name)
          && is_secret_by_value(*sighting.literal) && told.insert(sighting.name).second) {
        reporter.report(seen.path, sighting.line, remark_of(sighting.name, "value"));
      }
    }
  }
}

void
check_file(const Survey& survey, const DotenvFile& file, std::set<std::string, std::less<>>& told, Reporter& reporter)
{
  for (const Entry& entry : file.reading().entries) {
    if (!is_client_name(survey, entry.key)) {
      continue;
    }
    const bool is_by_name = is_never_public_name(entry.key);
    const bool is_by_value = entry.value && is_secret_by_value(*entry.value);
    if (is_by_name || is_by_value) {
      told.insert(entry.key);
      Remark remark = remark_of(entry.key, is_by_value ? "value" : "name");
      remark.subject.clear();
      reporter.report(file, entry, std::move(remark));
    }
  }
}

void
check(const Survey& survey, Reporter& reporter)
{
  std::set<std::string, std::less<>> told;
  for (const DotenvFile& file : survey.files) {
    check_file(survey, file, told, reporter);
  }
  check_given(survey, told, reporter);
  check_names(survey, told, reporter);
}

constexpr std::array<std::string_view, 3> references{"https://nextjs.org/docs/app/guides/environment-variables",
                                                     "https://vite.dev/guide/env-and-mode",
                                                     "https://supabase.com/docs/guides/api/api-keys"};
constexpr std::array<std::string_view, 2> tags{"secret", "browser"};

}  // namespace

extern const Rule rule_client_exposed_secret{
    .meta = {.id = "client-exposed-secret",
             .title = "A secret is in a variable that the build hands to browsers",
             .since = "0.1.0",
             .doc = {.what = R"(Finds variables with a prefix that bundlers put into pages (`NEXT_PUBLIC_`, `VITE_`,
`EXPO_PUBLIC_`, `REACT_APP_`, …, and `client-prefixes` of the configuration) whose name says that it is a secret, or
whose value is one by its form: a JWT of the role `service_role`, `sb_secret_`, `sk_`, an AWS key, a private key. Names
count in code, workflows and schemas too.)",
                     .why = R"(Everybody who opens the page can read it, whatever the program does with it. Supabase's
service role goes past every policy of the database.)",
                     .instead = R"(Use the secret on the server alone, under a name without the prefix, and make a new
one: the old one was published.)",
                     .known_problems = R"(`envPrefix` of Vite's configuration is not read: name such prefixes in
`client-prefixes`.)",
                     .references = references},
             .severity = Severity::critical,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check = check};

}  // namespace sluice::env
