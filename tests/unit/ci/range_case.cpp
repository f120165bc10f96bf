// SPDX-License-Identifier: Apache-2.0
#include "range_case.hpp"

#include "base/path.hpp"

#include <doctest/doctest.h>

namespace sluice::test {

ci::GitRange
range_of(const GitFixture& repository, const ci::CiContext& context, const ci::RangeRequest& request)
{
  const auto opened = git::Repository::open(repository.path());
  REQUIRE(opened);
  auto range = ci::resolve_range(context, *opened, request);
  REQUIRE_MESSAGE(range, (range ? "" : range.error().message));
  return *range;
}

ci::GitRange
range_of(const GitFixture& repository, const Environment& environment, const ci::RangeRequest& request)
{
  const auto context = ci::detect(environment);
  REQUIRE_MESSAGE(context, (context ? "" : context.error().message));
  return range_of(repository, *context, request);
}

ci::GitRange
range_of(const GitFixture& repository, const GithubRun& run)
{
  const TemporaryDirectory directory = TemporaryDirectory::create("sluice-test").value();
  const auto file = directory.path() / "event.json";
  REQUIRE(write_file(file, run.payload));
  return range_of(repository, Environment{{"GITHUB_ACTIONS", "true"},
                                          {"ACT", run.act ? "true" : ""},
                                          {"GITHUB_EVENT_NAME", run.event},
                                          {"GITHUB_EVENT_PATH", file.string()},
                                          {"GITHUB_SHA", run.sha},
                                          {"GITHUB_REF", run.ref}});
}

std::vector<std::string>
hex_of(const std::vector<git::ObjectId>& ids)
{
  std::vector<std::string> hex;
  for (const git::ObjectId& id : ids) {
    hex.push_back(id.hex());
  }
  return hex;
}

std::string
between(std::string_view from, std::string_view to, std::string_view commits)
{
  return fmt::format("{}..{} ({})", from.substr(0, 8), to.substr(0, 8), commits);
}

Forked::Forked()
{
  root = repository.commit("a.txt", "one\n", "root");
  fork = repository.commit("a.txt", "two\n", "fork");
  repository.git({"checkout", "--quiet", "-b", "topic"});
  first = repository.commit("b.txt", "one\n", "first of topic");
  topic = repository.commit("b.txt", "two\n", "second of topic");
  repository.git({"checkout", "--quiet", "main"});
  main = repository.commit("a.txt", "three\n", "main goes on");
}

std::string
Forked::merge_ref()
{
  repository.git({"checkout", "--quiet", "--detach", "main"});
  repository.git({"merge", "--quiet", "--no-ff", "-m", "Merge topic into main", "topic"});
  repository.git({"update-ref", "refs/pull/12/merge", "HEAD"});
  std::string merge = repository.git({"rev-parse", "HEAD"});
  repository.git({"checkout", "--quiet", "main"});
  return merge;
}

}  // namespace sluice::test
