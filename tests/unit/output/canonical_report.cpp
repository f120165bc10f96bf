// SPDX-License-Identifier: Apache-2.0
#include "unit/output/canonical_report.hpp"

#include "support/plain_redactor.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::test {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 2> token_tags{"credential", "vcs"};
constexpr std::array<std::string_view, 2> lock_tags{"lock", "availability"};
constexpr std::array<std::string_view, 2> token_references{"https://example.org/docs/tokens",
                                                           "https://www.rfc-editor.org/rfc/rfc6750"};

constexpr RuleMeta token{.id = "example-token",
                         .title = "Token of the example service",
                         .since = "0.1.0",
                         .doc = {.what = "Finds tokens of the example service.\n\nNot those that are made up.",
                                 .why = "Whoever holds one acts as its owner.",
                                 .instead = "Read it from the environment.",
                                 .known_problems = "Tokens in images are not read.",
                                 .references = token_references},
                         .severity = Severity::critical,
                         .confidence = Confidence::high,
                         .tags = token_tags,
                         .tool = "secrets"};
constexpr RuleMeta generic{.id = "generic-password",
                           .title = "Password in a connection string",
                           .since = "0.1.0",
                           .doc = {.what = "Finds passwords in URLs."},
                           .severity = Severity::medium,
                           .confidence = Confidence::medium,
                           .tags = {},
                           .tool = "secrets",
                           .state = RuleState::preview};
constexpr RuleMeta quiet_rule{.id = "private-key",
                              .title = "Private key",
                              .since = "0.1.0",
                              .severity = Severity::high,
                              .confidence = Confidence::high,
                              .tags = {},
                              .tool = "secrets"};
constexpr RuleMeta index_rule{.id = "index-blocks-writes",
                              .title = "Index is built under a lock that blocks writes",
                              .since = "0.1.0",
                              .doc = {.what = "Finds CREATE INDEX without CONCURRENTLY."},
                              .severity = Severity::high,
                              .confidence = Confidence::high,
                              .tags = lock_tags,
                              .tool = "migrations"};
constexpr RuleMeta style_rule{.id = "no-timeout",
                              .title = "Migration sets no lock timeout",
                              .since = "0.1.0",
                              .severity = Severity::low,
                              .confidence = Confidence::medium,
                              .tags = lock_tags,
                              .tool = "migrations"};

constexpr std::string_view head_commit = "5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f";
constexpr std::string_view old_commit = "1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b";

Fingerprint
fingerprint(const RuleMeta& rule, std::string_view content)
{
  return make_fingerprint(rule.id, std::array{content});
}

Finding
token_in_worktree()
{
  Finding finding;
  finding.rule = &token;
  finding.where = {"src/config.ts", {12, 16}, {12, 36}, ""};
  finding.message = "Token of the example service, checksum fits: everyone who can read this repository can push as "
                    "the user ada until it is revoked";
  finding.help = "Revoke the token at https://example.org/settings/tokens, then read the new one from EXAMPLE_TOKEN.";
  finding.excerpt = "const token = \"exa_****************\";  // std::string, | and `code`";
  finding.identifiers = {{"CWE-798"}};
  finding.related = {{{"deploy/prod.env", {3, 7}, {3, 27}, ""}, PlaceRole::primary, ""},
                     {{"docs/setup.md", {40, 1}, {40, 21}, std::string(old_commit)}, PlaceRole::also, "as an example"}};
  finding.facts = {{"author", "author", "Ada <ada@example.org>"},
                   {"first-commit", "first commit", "1a2b3c4d5e6f of 2026-01-02"}};
  finding.fingerprint = fingerprint(token, "a");
  finding.confidence = Confidence::high;
  return finding;
}

Finding
token_in_commit_message()
{
  Finding finding;
  finding.rule = &token;
  finding.where.commit = old_commit;
  finding.message = "Token of the example service in a commit message";
  finding.help = "Revoke the token.\nThen rewrite the message, or leave it: it is public.";
  finding.fingerprint = fingerprint(token, "b");
  return finding;
}

/// Every text is an attack on some reader.
Finding
hostile_finding()
{
  Finding finding;
  finding.rule = &generic;
  finding.where = {"we|ird/::error::,%0A=\xff\n##[error]<b>.env", {7, 9}, {9, 2}, std::string(old_commit)};
  finding.message =
      "::error::50% of a\r\n::add-mask::e ##[add-mask]e \x1b[31m \u202Eevil <script> @octocat #1 [x](y) {0} std::a";
  finding.help = "::stop-commands::x\n##[group]y";
  finding.excerpt = "\tDB=postgres://app:****@db/\u00e4\U0001F600 ::error::x ##[error]y \x1b]0;z\a";
  finding.subject = "env:prod/::error::|<b>\n##[group]";
  finding.identifiers = {{"CWE-1\"><script>"}, {"::error::x"}};
  finding.facts = {{"odd", "##[name]", "::notice::value\n::notice::second"}};
  finding.related = {{{"<img src=x>", {1, 1}, {1, 2}, ""}, PlaceRole::cause, "::error::|</td>\n##[x]"}};
  finding.fingerprint = fingerprint(generic, "c");
  return finding;
}

Section
leak_timeline()
{
  const std::chrono::sys_seconds first{1'795'000'000s};
  return {"When each secret came", "From the commit that brought a secret to the one that removed it",
          Timeline{{{first, first + 86'400s, "token in src/config.ts", Standing::bad},
                    {first + 3'600s, first + 3'600s,
                     "1a2b3c4d, at HEAD: Private key, fingerprint 0f1e2d3c, by ::error::<b> ##[x] <ada@example.org>",
                     Standing::warning}}}};
}

Report
secrets_report()
{
  RawReport report;
  report.tool = "secrets";
  report.version = "0.1.0";
  report.scan = ScanType::secret_detection;
  Finding allowed = token_in_worktree();
  allowed.where = {"tests/fake.ts", {1, 5}, {1, 9}, ""};
  allowed.related.clear();
  allowed.facts.clear();
  allowed.inline_allow = InlineAllow{.reason = "made up for a test", .where = {1, 30}, .counts = true};
  allowed.fingerprint = fingerprint(token, "d");
  Finding old = token_in_commit_message();
  old.fingerprint = fingerprint(token, "e");
  Finding remapped = hostile_finding();
  remapped.where = {"README.md", {2, 1}, {2, 4}, ""};
  remapped.message = "Password \"example\" in a connection string";
  remapped.fingerprint = fingerprint(generic, "f");
  report.judged = {
      {token_in_worktree(), Severity::critical, Disposition::active,
       "the allow entry at .sluice.yml:4:5 expired on 2026-01-01"},
      {token_in_commit_message(), Severity::critical, Disposition::active, ""},
      {std::move(allowed), Severity::critical, Disposition::suppressed, "comment in the text: made up for a test"},
      {std::move(old), Severity::critical, Disposition::baselined, "in the baseline"},
      {hostile_finding(), Severity::medium, Disposition::active, ""},
      {std::move(remapped), Severity::info, Disposition::below_threshold, "info is below low"},
  };
  report.gaps = {
      {{GapKind::shallow, "shallow clone", "the history ends at 1 commit whose parents are missing",
        "Fetch the whole history: `fetch-depth: 0` for actions/checkout,\n`GIT_DEPTH: 0` for GitLab."},
       false,
       ""},
      {{GapKind::missing_object, "object 99aa::error::", "it is missing\n::error::", ""},
       true,
       "partial clone (until 2027-01-01, .sluice.yml:9:3)"},
  };
  report.sections = {leak_timeline()};
  report.coverage = {"whole history of all refs", {{1234, "commits"}, {1, "branches"}, {56789012, "bytes"}}};
  report.verdict = Verdict::fail;
  report.notices = {".sluice.yml:7:3: this allow entry covers nothing (reason given: ##[error] ::x::)"};
  report.context = {"https://github.com/example/shop",
                    "github",
                    std::string(head_commit),
                    "1a2b3c4d..5e6f7a8b",
                    "pull request 12: what `main` does not have",
                    "sluice-secrets --base 1a2b3c4d --head 5e6f7a8b"};
  report.context.breadth = Breadth::range;
  report.context.bases = {"1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b"};
  report.started = std::chrono::system_clock::time_point(1'795'233'906s);
  report.duration = 842ms;
  report.rules = {&token, &generic, &quiet_rule};
  return shown(std::move(report));
}

Report
migrations_report()
{
  Finding finding;
  finding.rule = &index_rule;
  finding.where = {"db/migrate/0007 add index.sql", {3, 1}, {5, 2}, ""};
  finding.message = "CREATE INDEX on orders takes a SHARE lock: every INSERT, UPDATE and DELETE on it waits until the "
                    "index is built";
  finding.help = "Write CREATE INDEX CONCURRENTLY, outside of a transaction.";
  finding.excerpt = "CREATE INDEX orders_by_day";
  finding.fingerprint = fingerprint(index_rule, "g");

  RawReport report;
  report.tool = "migrations";
  report.version = "0.1.0";
  finding.subject = "table:public.orders";
  finding.related = {{{"db/migrate/0001.sql", {1, 1}, {4, 2}, ""}, PlaceRole::defined_here, "the table"}};
  report.judged = {{std::move(finding), Severity::high, Disposition::active, ""}};
  report.coverage = {"1 pending migration", {{1, "files"}, {3, "statements"}}};
  report.verdict = Verdict::fail;
  report.fail_on = FailOn::medium;
  report.context = {"https://gitlab.com/example/shop", "gitlab", std::string(head_commit), "whole directory", "", ""};
  report.started = std::chrono::system_clock::time_point(1'795'233'907s);
  report.duration = 65'004ms;
  report.rules = {&index_rule, &style_rule};
  return shown(std::move(report));
}

}  // namespace

std::vector<Report>
canonical_reports()
{
  return {secrets_report(), migrations_report(), deps_report(), env_report()};
}

Report
clean_report()
{
  Report report = migrations_report();
  report.tool = "secrets";
  report.scan = ScanType::secret_detection;
  report.judged.clear();
  report.verdict = Verdict::pass;
  report.rules = {&token};
  return shown(std::move(report));
}

const RuleMeta&
token_rule()
{
  return token;
}

Judged
active_finding(Severity severity, std::string_view path, std::uint32_t line)
{
  Finding finding;
  finding.rule = &token;
  finding.where = {std::string(path), {line, 1}, {line, 4}, ""};
  finding.message = fmt::format("Token in {}", path);
  finding.help = "Revoke it.";
  finding.fingerprint = fingerprint(token, path);
  return {std::move(finding), severity, Disposition::active, ""};
}

Report
report_with(std::vector<Judged> judged)
{
  RawReport report;
  report.tool = "secrets";
  report.version = "0.1.0";
  report.scan = ScanType::secret_detection;
  report.verdict = judged.empty() ? Verdict::pass : Verdict::fail;
  report.judged = std::move(judged);
  report.rules = {&token};
  return shown(std::move(report));
}

}  // namespace sluice::test
