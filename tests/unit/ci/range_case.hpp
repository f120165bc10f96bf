// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ci/git_range.hpp"
#include "support/git_fixture.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::test {

/// The whole way from a platform's variables to the range, on a real repository.
[[nodiscard]] ci::GitRange range_of(const GitFixture& repository, const Environment& environment,
                                    const ci::RangeRequest& request = {});
[[nodiscard]] ci::GitRange range_of(const GitFixture& repository, const ci::CiContext& context,
                                    const ci::RangeRequest& request = {});

/// The same with GitHub's variables and a payload in a file. `sha` is GITHUB_SHA.
struct GithubRun
{
  std::string event;
  std::string payload;
  std::string sha;
  std::string ref = "refs/heads/main";
  bool act = false;
};
[[nodiscard]] ci::GitRange range_of(const GitFixture& repository, const GithubRun& run);

[[nodiscard]] std::vector<std::string> hex_of(const std::vector<git::ObjectId>& ids);
using Ids = std::vector<std::string>;

/// "1a2b3c4d..5e6f7a8b (2 commits)"
[[nodiscard]] std::string between(std::string_view from, std::string_view to, std::string_view commits);

/// main with three commits and topic with two that grew from the second of them; main is checked out.
struct Forked
{
  GitFixture repository;
  std::string root, fork, main, first, topic;
  Forked();
  /// As GitHub makes it: a merge commit of main and topic at refs/pull/12/merge.
  std::string merge_ref();
};

}  // namespace sluice::test
