// SPDX-License-Identifier: Apache-2.0
//
// What a pipeline is refused for, as the file that has it is read.
#include "base/text.hpp"
#include "gate/file_tree.hpp"
#include "promote/options.hpp"
#include "promote/pipeline.hpp"
#include "support/memory_tree.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;

namespace {

/// Empty: it is taken.
std::string
problem_of(std::string_view text)
{
  auto files = std::make_shared<sluice::test::MemoryTree>();
  files->files[std::string(pipeline_file)] = text;
  gate::Input input;
  input.policy_files.tree = files;
  const auto pipeline = load_pipeline({}, input);
  return pipeline ? std::string() : pipeline.error().message;
}

std::string
problem_of_approvals(std::string_view approvals)
{
  return problem_of(fmt::format("environments:\n  production:\n    approvals: {}\n", approvals));
}

}  // namespace

TEST_CASE("a window that is none is told with its place once")
{
  CHECK(problem_of("environments:\n  s:\n    deny:\n      - {days: [fri], from: \"25:00\", to: \"26:00\"}\n")
        == "promotion.yml:4:9: \"environments.s.deny[0]\" is no window: \"25:00\" is no time such as 09:00");
}

TEST_CASE("environments whose identity is of different kinds cannot need each other")
{
  const std::string differ = problem_of("environments:\n  staging: {}\n  production:\n    needs: [staging]\n"
                                        "    identity: files\n    files: [shop/**]\n");
  CHECK_MESSAGE(
      differ.starts_with("promotion.yml:4:13: \"environments.production.needs[0]\" is staging, whose `identity` is "
                         "commit, and that of production is files"),
      differ);
  CHECK(problem_of("environments:\n  staging: {identity: image}\n  production: {needs: [staging], identity: image}\n")
        == "");
  CHECK(problem_of("environments:\n  production: {needs: [staging]}\n").find("is no environment of this pipeline")
        != std::string::npos);
}

TEST_CASE("more approvals than there are people to give them are never given")
{
  CHECK(problem_of_approvals("{count: 3, from: [bob, carol]}")
        == "promotion.yml:3:24: \"environments.production.approvals.count\" is more than the 2 people whom `from` and "
           "`database` of the approvals name");
  CHECK(problem_of_approvals("{count: 2, from: [bob, Bob]}").find("the 1 person whom") != std::string::npos);
  CHECK(problem_of_approvals("{count: 3, from: [bob, carol], database: [dora]}") == "");
  CHECK(problem_of_approvals("{count: 3, from: [bob, \"*@example.org\"]}") == "");
  CHECK(problem_of_approvals("{count: 3, from: [bob], database: [\"d?\"]}") == "");
  CHECK(problem_of_approvals("{count: 3, database: [dora]}") == "");
  CHECK(problem_of_approvals("{count: 2, from: [bob, carol]}") == "");
  const std::string of_risk = problem_of_approvals("{count: 2, from: [bob, carol]}\n    risk: {high: {approvals: 3}}");
  CHECK_MESSAGE(of_risk.starts_with("promotion.yml:4:30: \"environments.production.risk.high.approvals\" is more than"),
                of_risk);
}
