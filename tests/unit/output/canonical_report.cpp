// SPDX-License-Identifier: Apache-2.0
#include "unit/output/canonical_report.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::test {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 2> token_tags{"credential", "vcs"};
constexpr std::array<std::string_view, 2> lock_tags{"lock", "availability"};

constexpr RuleMeta token{
    "example-token",
    "Token of the example service",
    "0.1.0",
    "## What it does\n\nFinds tokens of the example service.\n\n## Why\n\nWhoever holds one acts as its owner.\n\n"
    "## Instead\n\nRead it from the environment.\n",
    Severity::critical,
    Confidence::high,
    token_tags,
    "secrets"};
constexpr RuleMeta generic{"generic-password",
                           "Password in a connection string",
                           "0.1.0",
                           "## What it does\n\nFinds passwords in URLs.\n",
                           Severity::medium,
                           Confidence::medium,
                           {},
                           "secrets"};
constexpr RuleMeta quiet_rule{"private-key",  "Private key",    "0.1.0", "",
                              Severity::high, Confidence::high, {},      "secrets"};
constexpr RuleMeta index_rule{"index-blocks-writes",
                              "Index is built under a lock that blocks writes",
                              "0.1.0",
                              "## What it does\n\nFinds CREATE INDEX without CONCURRENTLY.\n",
                              Severity::high,
                              Confidence::high,
                              lock_tags,
                              "migrations"};
constexpr RuleMeta style_rule{
    "no-timeout", "Migration sets no lock timeout", "0.1.0", "", Severity::low, Confidence::medium, lock_tags,
    "migrations"};

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
  finding.related = {{"deploy/prod.env", {3, 7}, {3, 27}, ""},
                     {"docs/setup.md", {40, 1}, {40, 21}, std::string(old_commit)}};
  finding.facts = {{"author", "Ada <ada@example.org>"}, {"first commit", "1a2b3c4d5e6f of 2026-01-02"}};
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
  finding.facts = {{"##[name]", "::notice::value\n::notice::second"}};
  finding.related = {{"<img src=x>", {1, 1}, {1, 2}, ""}};
  finding.fingerprint = fingerprint(generic, "c");
  return finding;
}

Report
secrets_report()
{
  Report report;
  report.tool = "secrets";
  report.version = "0.1.0";
  Finding allowed = token_in_worktree();
  allowed.where = {"tests/fake.ts", {1, 5}, {1, 9}, ""};
  allowed.related.clear();
  allowed.inline_allow = InlineAllow{"made up for a test", {1, 30}};
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
      {{"shallow clone", "the history ends at 1 commit whose parents are missing",
        "Fetch the whole history: `fetch-depth: 0` for actions/checkout,\n`GIT_DEPTH: 0` for GitLab."},
       false,
       ""},
      {{"object 99aa::error::", "it is missing\n::error::", ""},
       true,
       "partial clone (until 2027-01-01, .sluice.yml:9:3)"},
  };
  report.coverage = {"whole history of all refs", {{1234, "commits"}, {1, "branches"}, {56789012, "bytes"}}};
  report.verdict = Verdict::fail;
  report.notices = {".sluice.yml:7:3: this allow entry covers nothing (reason given: ##[error] ::x::)"};
  report.context = {"https://github.com/example/shop",
                    "github",
                    std::string(head_commit),
                    "1a2b3c4d..5e6f7a8b",
                    "pull request 12: what `main` does not have",
                    "sluice-secrets --base 1a2b3c4d --head 5e6f7a8b"};
  report.started = std::chrono::system_clock::time_point(1'795'233'906s);
  report.duration = 842ms;
  report.rules = {&token, &generic, &quiet_rule};
  return report;
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

  Report report;
  report.tool = "migrations";
  report.version = "0.1.0";
  report.judged = {{std::move(finding), Severity::high, Disposition::active, ""}};
  report.coverage = {"1 pending migration", {{1, "files"}, {3, "statements"}}};
  report.verdict = Verdict::fail;
  report.fail_on = FailOn::medium;
  report.context = {"https://gitlab.com/example/shop", "gitlab", std::string(head_commit), "whole directory", "", ""};
  report.started = std::chrono::system_clock::time_point(1'795'233'907s);
  report.duration = 65'004ms;
  report.rules = {&index_rule, &style_rule};
  return report;
}

}  // namespace

std::vector<Report>
canonical_reports()
{
  return {secrets_report(), migrations_report()};
}

Report
clean_report()
{
  Report report = migrations_report();
  report.tool = "secrets";
  report.judged.clear();
  report.verdict = Verdict::pass;
  report.rules = {&token};
  return report;
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
  Report report;
  report.tool = "secrets";
  report.version = "0.1.0";
  report.verdict = judged.empty() ? Verdict::pass : Verdict::fail;
  report.judged = std::move(judged);
  report.rules = {&token};
  return report;
}

}  // namespace sluice::test
