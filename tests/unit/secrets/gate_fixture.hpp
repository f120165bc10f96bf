// SPDX-License-Identifier: Apache-2.0
//
// The gate on real repositories, for the tests of each of its scopes.
#pragma once

#include "credentials/template.hpp"
#include "git/history.hpp"
#include "git/object_store.hpp"
#include "secrets/gate.hpp"
#include "secrets/vocabulary.hpp"
#include "support/git_fixture.hpp"

#include <algorithm>

namespace sluice::secrets {

using test::GitFixture;

/// A GitHub token whose checksum fits; another for each name.
inline std::string
token(std::string_view name)
{
  return credentials::expand_template("ghp_{{base62:30}}{{checksum}}", name, Checksum::github);
}

constexpr std::string_view token_rule = "github-personal-access-token";

struct Run
{
  SecretsOptions options;
  std::vector<std::string> disable;
  ci::GitRange range;
  std::string standard_input;
  std::string unread;               ///< why it cannot be read
  std::filesystem::path directory;  ///< where there is no repository
  std::function<bool(const Finding&)> is_suppressed = [](const Finding&) { return false; };

  Findings
  operator()(const GitFixture& fixture)
  {
    const git::Repository repository = git::Repository::open(fixture.path()).value();
    gate::Input input;
    input.repository = &repository;
    input.directory = fixture.path();
    return judged(input);
  }
  Findings
  without_repository()
  {
    gate::Input input;
    input.directory = directory;
    input.no_repository = {GapKind::no_repository, "the repository", "is in no repository", "clone it"};
    return judged(input);
  }
  Findings
  judged(gate::Input& input)
  {
    input.range = range;
    input.threads = 2;
    input.read_standard_input = [this]() -> Result<std::string> {
      return unread.empty() ? Result<std::string>(standard_input) : fail(ErrorKind::input, "{}", unread);
    };
    input.rules = gate::RuleSet(disable, {});
    input.is_suppressed = is_suppressed;
    auto findings = secrets::run(options, input);
    error = findings ? std::string() : findings.error().message;
    return findings ? std::move(*findings) : Findings{};
  }
  std::string error;
};

inline Run
scope(Scope scope)
{
  Run run;
  run.options.scope = scope;
  return run;
}

inline std::string
fact(const Finding& finding, std::string_view key)
{
  for (const Fact& each : finding.facts) {
    if (each.key == key) {
      return each.value;
    }
  }
  return {};
}

inline std::uint64_t
count(const Findings& findings, std::string_view unit)
{
  for (const Count& each : findings.coverage.counts) {
    if (each.unit == unit) {
      return each.value;
    }
  }
  return 0;
}

inline bool
has_gap(const Findings& findings, std::string_view subject)
{
  return std::any_of(findings.gaps.begin(), findings.gaps.end(),
                     [subject](const Gap& gap) { return gap.subject.find(subject) != std::string::npos; });
}

/// Everything that a finding says.
inline std::string
all_text(const Finding& finding)
{
  std::string text = finding.message + finding.help + finding.excerpt + finding.where.path + finding.fingerprint.hex;
  for (const Fact& each : finding.facts) {
    text += each.key + each.label + each.value;
  }
  return text;
}

inline ci::GitRange
range_of(GitFixture& git, const std::string& base, const std::string& head)
{
  ci::GitRange range;
  range.kind = ci::RangeKind::commits;
  range.heads = {*git::ObjectId::from_hex(git.git({"rev-parse", head}))};
  range.excluded = {*git::ObjectId::from_hex(git.git({"rev-parse", base}))};
  range.text = base + ".." + head;
  return range;
}

}  // namespace sluice::secrets
