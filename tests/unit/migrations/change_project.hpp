// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/gate.hpp"
#include "migrations/options.hpp"
#include "support/git_fixture.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace sluice::migrations::test {

using sluice::test::GitFixture;

/// A repository whose work tree the gate judges against a commit.
struct ChangeProject
{
  GitFixture git;
  std::optional<git::Repository> repository;

  gate::Input
  input()
  {
    auto opened = git::Repository::open(git.path());
    REQUIRE(opened.has_value());
    repository.emplace(std::move(*opened));
    gate::Input input;
    input.directory = git.path();
    input.repository = &*repository;
    return input;
  }

  Findings
  run_since(const std::string& base, const MigrationsOptions& options = {})
  {
    gate::Input since = input();
    since.range.kind = ci::RangeKind::commits;
    since.range.heads = {*repository->resolve("HEAD")};
    since.range.excluded = {*repository->resolve(base)};
    auto findings = migrations::run(options, since);
    REQUIRE_MESSAGE(findings.has_value(), (findings ? "" : findings.error().message));
    return std::move(*findings);
  }

  /// "path:line rule" of each finding, sorted by place.
  std::vector<std::string>
  rules_since(const std::string& base)
  {
    std::vector<std::pair<Location, std::string>> found;
    for (const Finding& finding : run_since(base).found) {
      found.emplace_back(finding.where, finding.rule->id);
    }
    std::sort(found.begin(), found.end());
    std::vector<std::string> all;
    for (const auto& [where, rule] : found) {
      all.push_back(fmt::format("{}:{} {}", where.path, where.begin.line, rule));
    }
    return all;
  }
};

}  // namespace sluice::migrations::test
