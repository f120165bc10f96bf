// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "cli/child_environment.hpp"
#include "cli/umbrella.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>

using namespace sluice;

TEST_CASE("a gate is given what it declares of the outside and nothing else")
{
  constexpr std::array<std::string_view, 1> declared{"SLACK_WEBHOOK_URL"};
  constexpr gate::Face plain{{.name = "secrets", .question = "?", .description = "."},
                             gate::make_options<gate::NoOptions>};
  static const gate::Face wide{{.name = "promote",
                                .question = "?",
                                .description = ".",
                                .needs = {.http = true, .refs = true, .variables = declared}},
                               gate::make_options<gate::NoOptions>};
  const Environment own{{"PATH", "/bin"},          {"GITHUB_SHA", "1"},        {"GITHUB_TOKEN", "t"},
                        {"GITHUB_OUTPUT", "/o"},   {"https_proxy", "p"},       {"GIT_ASKPASS", "a"},
                        {"GIT_INDEX_FILE", "i"},   {"SLACK_WEBHOOK_URL", "s"}, {"SLUICE_FAIL_ON", "high"},
                        {"SLUICE_PROMOTE_X", "1"}, {"SLUICE_FORMAT", "json"},  {"CI_JOB_TOKEN", "t"}};
  const auto names = [&own](const gate::Face& face) {
    std::vector<std::string> kept;
    for (const auto& [name, value] : cli::child_environment({&face, {"fail-on", "format"}}, own)) {
      kept.push_back(name);
    }
    return kept;
  };
  CHECK(names(plain) == std::vector<std::string>{"GITHUB_SHA", "GIT_INDEX_FILE", "PATH", "SLUICE_FAIL_ON"});
  CHECK(names(wide)
        == std::vector<std::string>{"GITHUB_SHA", "GIT_ASKPASS", "GIT_INDEX_FILE", "PATH", "SLACK_WEBHOOK_URL",
                                    "SLUICE_FAIL_ON", "SLUICE_PROMOTE_X", "https_proxy"});
}

TEST_CASE("a gate that cannot be asked says why")
{
  const auto directory = TemporaryDirectory::create().value();
  std::ostringstream out;
  std::ostringstream err;
  const cli::Invocation invocation{.program = "sluice",
                                   .arguments = {},
                                   .environment = {{"PATH", "/bin:/usr/bin"}},
                                   .directory = directory.path(),
                                   .executables = directory.path(),
                                   .out = out,
                                   .err = err,
                                   .read_standard_input = [] { return std::string(); }};
  CHECK(cli::ask_gate("nothing", {}, invocation).error().message.find("cannot run") != std::string::npos);
  const auto script = directory.path() / "sluice-some";
  REQUIRE(write_file(script, "#!/bin/sh\nif [ \"$1\" = bad ]; then echo 'is bad' >&2; exit 2; fi; echo \"$*\"\n"));
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  CHECK(cli::ask_gate("some", {"a", "b"}, invocation).value() == "a b\n");
  CHECK(cli::ask_gate("some", {"bad"}, invocation).error().message == "is bad");
}
